import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useParams } from 'react-router'
import { careGapsQuery, declineGap } from '#client/queries/quality/gaps.ts'
import type { CareGap, GapState } from '#domain/quality/gap.ts'
import { ConfirmAction } from '#features/parts/confirm-action.tsx'
import { ReasonButton } from '#features/parts/reason-button.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { type MarkState, StateMark } from '#ui/feedback/state-mark.tsx'
import { Card } from '#ui/layout/card.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DateText } from '#ui/text/date-text.tsx'

const marks: Readonly<Record<GapState, MarkState>> = {
  open: 'due',
  closed: 'agreed',
  declined: 'writing',
  'not-applicable': 'missing',
}
const order: readonly GapState[] = ['open', 'declined', 'closed', 'not-applicable']

/** What is due for one person, by each measure, and why; a professional writes down what the person does not want. */
export function DuePage() {
  const { person = '' } = useParams()
  const { t } = useLingui()
  const { data } = useSuspenseQuery(careGapsQuery(person))
  return (
    <div>
      <PageHeading
        title={t`What is due`}
        lead={t`By standard measures, from the last twelve months of the record. Ask the person what they want first.`}
      />
      {data.gaps === undefined ? (
        <Notice tone="info" title={<Trans>Worked out by the team server</Trans>}>
          <p>
            <Trans>
              Measures in CQL need the team server. This copy of Gable runs in the browser alone,
              and shows none.
            </Trans>
          </p>
        </Notice>
      ) : (
        <Gaps person={person} gaps={data.gaps} />
      )}
    </div>
  )
}

function Gaps({ person, gaps }: Readonly<{ person: string; gaps: readonly CareGap[] }>) {
  if (gaps.length === 0)
    return (
      <EmptyState title={<Trans>No measures yet</Trans>}>
        <p>
          <Trans>
            An administrator adds the measures that come with Gable, or takes one of others.
          </Trans>
        </p>
      </EmptyState>
    )
  const ordered = gaps.toSorted(
    (one, other) => order.indexOf(one.state) - order.indexOf(other.state),
  )
  return (
    <div className="measure-cards">
      {ordered.map((gap) => (
        <GapCard key={gap.measure} person={person} gap={gap} />
      ))}
    </div>
  )
}

function GapCard({ person, gap }: Readonly<{ person: string; gap: CareGap }>) {
  const { t } = useLingui()
  const { measure, title, question, rationale, state, decline } = gap
  const words: Readonly<Record<GapState, ReactNode>> = {
    open: <Trans>Due</Trans>,
    closed: <Trans>Done</Trans>,
    declined: <Trans>Not wanted</Trans>,
    'not-applicable': <Trans>Not about this person</Trans>,
  }
  return (
    <Card title={title}>
      <p>
        <StateMark state={marks[state]}>{words[state]}</StateMark>
      </p>
      <WhyWords gap={gap} />
      {decline ? (
        <p>
          <Trans>
            {decline.by}, <DateText date={decline.day} />: “{decline.reason}”
          </Trans>
        </p>
      ) : null}
      <p className="gable-meta">
        {question} {rationale}
      </p>
      {state === 'open' ? (
        <ReasonButton
          draft={`decline-gap.${person}.${measure}`}
          verb={<Trans>Not wanted</Trans>}
          spoken={t`Not wanted: ${title}`}
          title={<Trans>Why is it not wanted?</Trans>}
          label={<Trans>What was said, and by whom</Trans>}
          run={(reason) => declineGap(person, { measure, reason, undo: false })}
        />
      ) : null}
      {state === 'declined' ? (
        <ConfirmAction
          verb={<Trans>Take this back</Trans>}
          label={t`Take this back: ${title}`}
          variant="outline"
          title={<Trans>Is it wanted after all?</Trans>}
          yes={<Trans>Yes, it is due again</Trans>}
          no={<Trans>Not now</Trans>}
          failed={<Trans>It was not taken back</Trans>}
          run={() => declineGap(person, { measure, reason: '', undo: true })}
        >
          <p>
            <Trans>It stays written down that it was not wanted before.</Trans>
          </p>
        </ConfirmAction>
      ) : null}
    </Card>
  )
}

/** The definition of the measure that decided it, as the measure words it. */
function WhyWords({ gap: { why, holds } }: Readonly<{ gap: CareGap }>) {
  if (!why) return null
  return (
    <p>
      {holds ? (
        <Trans>The record shows: “{why}”</Trans>
      ) : (
        <Trans>The record does not show: “{why}”</Trans>
      )}
    </p>
  )
}
