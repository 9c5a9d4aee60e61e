import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { evaluationQuery } from '#client/queries/insight/evaluation.ts'
import { useSession } from '#client/session/session.ts'
import type { EvaluationAnswer } from '#domain/evaluation/evaluation-answer.ts'
import { InsightNav } from '#features/parts/insight/insight-nav.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { useSearch } from '#ui/layout/use-search.ts'
import { DateText } from '#ui/text/date-text.tsx'
import { CountText } from './count-text.tsx'
import { HowAlike } from './how-alike.tsx'
import { OutcomeRow } from './outcome-row.tsx'
import { type ToldOutcome, told } from './told-outcome.ts'
import { WhatItCannotSay } from './what-it-cannot-say.tsx'

/** Whether being taken on helped, beside what happened to people like them: gain and harm in one size. */
export function EvaluationPage() {
  const [search, setSearch] = useSearch()
  const { t } = useLingui()
  const organisation = useSession(({ actor }) => actor?.organisationName)
  const programme = search.get('programme') ?? undefined
  const choose = (id: string) => {
    const next = new URLSearchParams(search)
    if (id) next.set('programme', id)
    else next.delete('programme')
    setSearch(next)
  }
  return (
    <div className="evaluation">
      <InsightNav />
      <PageHeading title={t`Did it help the people we took on?`} caption={organisation} />
      <Suspense fallback={<Skeleton lines={10} atOnce />}>
        <Compared {...{ programme, choose }} />
      </Suspense>
    </div>
  )
}

function Finding({ answer }: { answer: EvaluationAnswer }) {
  return (
    <>
      <p className="gable-page-heading__lead">{useFinding(answer)}</p>
      <p className="evaluation__small">
        <Trans>
          Taken on from <DateText date={answer.from} /> to <DateText date={answer.until} />
        </Trans>
      </p>
    </>
  )
}

/** What all outcomes together allow to be said. */
function useFinding(answer: EvaluationAnswer): string {
  const { t } = useLingui()
  const outcomes = told(answer.all)
  if (outcomes.length === 0) return t`There are too few of them to say.`
  const has = (verdict: ToldOutcome['verdict']) => outcomes.some((each) => each.verdict === verdict)
  if (has('more') && has('fewer'))
    return t`In part. Something happened less often to them than to people like them, and something more often.`
  if (has('more')) return t`No. Something happened more often to them than to people like them.`
  if (has('fewer'))
    return t`It seems so. Something happened less often to them than to people like them.`
  return t`We cannot tell. The differences are no larger than chance makes them.`
}

type ComparedProps = Readonly<{
  programme: string | undefined
  choose: (id: string) => void
}>

function Compared({ programme, choose }: ComparedProps) {
  const { t } = useLingui()
  const { data: answer } = useSuspenseQuery(evaluationQuery(programme))
  return (
    <>
      <Finding answer={answer} />
      {answer.programmes.length > 0 ? (
        <SelectField
          label={t`Compare`}
          value={programme ?? ''}
          onChange={choose}
          options={[
            { value: '', label: t`Everybody we took on` },
            ...answer.programmes.map(({ id, title }) => ({ value: id, label: title })),
          ]}
        />
      ) : null}
      <Outcomes answer={answer} />
      {answer.fuller && answer.lessFull ? (
        <ByFidelity fuller={answer.fuller} lessFull={answer.lessFull} fewest={answer.fewestPairs} />
      ) : null}
      <HowAlike answer={answer} />
      <WhatItCannotSay answer={answer} />
    </>
  )
}

function Outcomes({ answer }: { answer: EvaluationAnswer }) {
  const { t } = useLingui()
  if (answer.all.outcomes.length === 0)
    return (
      <EmptyState title={t`Too few pairs to say anything`}>
        <p>
          <Trans>
            <CountText of={answer.taken} /> were taken on in that time, and a person like them was
            found for <CountText of={answer.all.pairs} />. It takes {answer.fewestPairs} pairs
            before we say anything: with fewer, chance is larger than any help.
          </Trans>
        </p>
      </EmptyState>
    )
  return (
    <section className="evaluation__outcomes" aria-labelledby="evaluation-outcomes">
      <h2 id="evaluation-outcomes">
        <Trans>In the half year after</Trans>
      </h2>
      <p className="evaluation__small">
        <Trans>
          <CountText of={answer.all.pairs} /> pairs: somebody whom we took on, and somebody like
          them whom nobody had taken on by then. Of 100 people each.
        </Trans>
      </p>
      <ul className="evaluation__rows">
        {answer.all.outcomes.map((outcome) => (
          <OutcomeRow key={outcome.outcome} outcome={outcome} />
        ))}
      </ul>
    </section>
  )
}

type ByFidelityProps = Readonly<{
  fuller: EvaluationAnswer['all']
  lessFull: EvaluationAnswer['all']
  fewest: number
}>

function ByFidelity({ fuller, lessFull, fewest }: ByFidelityProps) {
  const groups = [
    { key: 'fuller', of: fuller, title: <Trans>Half of what was due, or more, was done</Trans> },
    { key: 'less', of: lessFull, title: <Trans>Less than half of what was due was done</Trans> },
  ]
  return (
    <section aria-labelledby="evaluation-fidelity">
      <h2 id="evaluation-fidelity">
        <Trans>By how much of the programme was done</Trans>
      </h2>
      {groups.map(({ key, of, title }) => (
        <div key={key}>
          <h3>{title}</h3>
          {of.outcomes.length === 0 ? (
            <p>
              <Trans>
                <CountText of={of.pairs} /> pairs: too few to say anything. It takes {fewest}.
              </Trans>
            </p>
          ) : (
            <ul className="evaluation__rows">
              {of.outcomes.map((outcome) => (
                <OutcomeRow key={outcome.outcome} outcome={outcome} />
              ))}
            </ul>
          )}
        </div>
      ))}
      <p className="evaluation__small">
        <Trans>
          Whoever was given more of it may have been less ill to begin with: this difference is not
          the programme’s alone. Half is our own line.
        </Trans>
      </p>
    </section>
  )
}
