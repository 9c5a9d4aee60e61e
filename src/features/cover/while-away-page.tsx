import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { readAbsence } from '#client/queries/cover/absences.ts'
import { whileAwayQuery } from '#client/queries/cover/while-away.ts'
import type { Happened, HappenedKind, WhileAway } from '#domain/cover/while-away.ts'
import type { ReadingKind } from '#domain/reading/reading.ts'
import { useReadingLabels } from '#features/parts/reading-labels.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PersonName } from '#ui/text/person-name.tsx'
import { RefusedWords } from './refused-words.tsx'
import './cover.css'

const kindWords: Readonly<Record<HappenedKind, MessageDescriptor>> = {
  ...{ called: msg`Called`, tried: msg`Tried to reach them`, visited: msg`Visited` },
  ...{ 'visit-cancelled': msg`Visit cancelled`, 'visit-missed': msg`Visit missed` },
  ...{ died: msg`Died`, admitted: msg`Admitted to hospital`, discharged: msg`Left hospital` },
  ...{ safety: msg`Safety concern`, message: msg`Message without an answer` },
  alert: msg`Alert, for`,
  'handed-over': msg`Handed over for good by`,
  decided: msg`Decided in a meeting, written by`,
  'alert-answered': msg`Alert answered`,
  'alert-closed': msg`Alert closed`,
  ...{ plan: msg`Plan changed`, goal: msg`Goal written`, task: msg`Task or promise` },
  ...{ need: msg`Need written`, record: msg`Written in the plan` },
}

/** What happened to each person, from the records, and who did it. Reading it ends the absence. */
export function WhileAwayPage() {
  const { t } = useLingui()
  return (
    <div className="cover-pack">
      <PageHeading
        title={t`What happened while you were away`}
        lead={t`From the records, person by person, the latest first.`}
        actions={
          <Link to="/cover">
            <Trans>Cover and caseloads</Trans>
          </Link>
        }
      />
      <Suspense fallback={<Skeleton lines={12} />}>
        <Happenings />
      </Suspense>
    </div>
  )
}

function Happenings() {
  const { t } = useLingui()
  const { absence: id = '' } = useParams()
  const { data } = useSuspenseQuery(whileAwayQuery(id))
  const some = data.people.filter(({ lines }) => lines.length > 0)
  const none = data.people.filter(({ lines }) => lines.length === 0)
  return (
    <>
      <p>
        <Trans>
          <DateText date={data.absence.from} /> to <DateText date={data.absence.until} />.{' '}
          <bdi>{data.absence.cover.name}</bdi> covered.
        </Trans>{' '}
        {data.absence.read ? (
          <Trans>This page goes on until you said that you have read it.</Trans>
        ) : (
          <Trans>This page goes on until now.</Trans>
        )}
      </p>
      <p>
        <Trans>
          It lists deaths, hospital stays, safety concerns, alerts, messages that nobody answered,
          calls and visits, visits that were cancelled or missed, decisions of meetings, people who
          were handed over, and changes to the plan. Read the record for the rest.
        </Trans>
      </p>
      {some.length === 0 ? <EmptyState title={t`Nothing of these about anybody`} /> : null}
      {some.map((person) => (
        <OfPerson key={person.id} person={person} />
      ))}
      {none.length > 0 && some.length > 0 ? (
        <p>
          <Trans>Nothing of these about:</Trans>{' '}
          {none.map(({ id: person, family, given }, place) => (
            <span key={person}>
              {place > 0 ? ', ' : null}
              <Link to={`/people/${person}/plan`}>
                <PersonName {...{ family, given }} />
              </Link>
            </span>
          ))}
        </p>
      ) : null}
      <ReadIt absence={data.absence} />
    </>
  )
}

function OfPerson({ person }: Readonly<{ person: WhileAway['people'][number] }>) {
  const { id, family, given, lines } = person
  return (
    <section className="cover-person" aria-labelledby={`away-${id}`}>
      <h2 id={`away-${id}`}>
        <Link to={`/people/${id}/plan`}>
          <PersonName {...{ family, given }} />
        </Link>
      </h2>
      <ul className="cover-lines">
        {lines.map((line) => (
          <Line key={line.kind + line.at + line.by + line.text} line={line} />
        ))}
      </ul>
    </section>
  )
}

function Line({ line: { kind, at, by, text } }: Readonly<{ line: Happened }>) {
  const { i18n } = useLingui()
  const labels = useReadingLabels()
  const words = kind === 'alert' ? labels.name(text as ReadingKind) : text
  return (
    <li>
      <strong>{i18n._(kindWords[kind])}</strong> <bdi>{by}</bdi>
      {words ? (
        <>
          {': '}
          <bdi>{words}</bdi>
        </>
      ) : null}{' '}
      <span className="gable-meta">
        <DateText date={at} withTime />
      </span>
    </li>
  )
}

function ReadIt({ absence }: Readonly<{ absence: WhileAway['absence'] }>) {
  const navigate = useNavigate()
  const work = useAsyncAction()
  if (absence.read)
    return (
      <p className="gable-meta">
        <Trans>
          You said that you have read this: <DateText date={absence.read} withTime />
        </Trans>
      </p>
    )
  if (absence.state !== 'back') return null
  const read = async () => {
    if (!(await work.run(() => readAbsence(absence.id)))) return
    toast(<Trans>Handed back</Trans>)
    await navigate('/cover')
  }
  return (
    <>
      <RefusedWords failure={work.failure} />
      <Button pending={work.pending} onClick={() => void read()}>
        <Trans>Everything is read</Trans>
      </Button>
    </>
  )
}
