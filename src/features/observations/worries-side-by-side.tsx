import { Plural, Trans } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { clockToday, dayHere } from '#client/clock.ts'
import { stayMessagesQuery } from '#client/queries/discharge/stays.ts'
import { worriesQuery } from '#client/queries/worry/worries.ts'
import { daysBetween } from '#domain/calendar/days.ts'
import { missedContacts } from '#domain/contact/missed-contacts.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { type Reading, readingKinds } from '#domain/reading/reading.ts'
import { daysWithoutContact } from '#domain/today/today.ts'
import { type Worry, type WorryDifference, worryDifferences } from '#domain/worry/worry.ts'
import { useReadingLabels } from '#features/parts/reading-labels.tsx'
import { UnverifiedMark } from '#features/parts/record/unverified-mark.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Card } from '#ui/layout/card.tsx'
import { DateText } from '#ui/text/date-text.tsx'

type SideProps = Readonly<{ person: string; house: HouseRecord; readings: readonly Reading[] }>

/** How worried the staff, the carers and the person are, beside what was measured last and who could not be reached. */
export function WorriesSideBySide({ person, house, readings }: SideProps) {
  const { givenName } = house
  const { data } = useSuspenseQuery(worriesQuery(person))
  const { latest } = data
  const has = (voice: Worry['by']['voice']) => latest.some(({ by }) => by.voice === voice)
  return (
    <Card title={<Trans>Who is worried</Trans>}>
      {worryDifferences(latest).map((each) => (
        <p key={each.their.id}>
          <strong>
            <DifferenceWords difference={each} />
          </strong>
        </p>
      ))}
      <ul className="gable-list">
        {has('professional') ? null : (
          <li>
            <Trans>The team has not said how worried it is.</Trans>
          </li>
        )}
        {latest.map((each) => (
          <li key={each.id}>
            <WorrySaid worry={each} />
          </li>
        ))}
        {has('person') ? null : (
          <li>
            <Trans>{givenName} has not said how worried they are.</Trans>
          </li>
        )}
        <LastReadingsLine readings={readings} />
        <MissedContactsLine person={person} />
        <PlanLines house={house} />
      </ul>
      <p className="gable-meta">
        <Trans>From 0 to 10, as each says it. It is no clinical score.</Trans>
      </p>
      <UnverifiedMark what="today-days" />
    </Card>
  )
}

function DifferenceWords({ difference: { ours, their } }: { difference: WorryDifference }) {
  const { name } = their.by
  return their.score > ours ? (
    <Trans>
      {name} worries more than we do: {their.score}, we say {ours}
    </Trans>
  ) : (
    <Trans>
      {name} worries less than we do: {their.score}, we say {ours}
    </Trans>
  )
}

function WorrySaid({ worry: { by, score, at, words } }: { worry: Worry }) {
  return (
    <>
      <strong>
        <Trans>
          {by.name}: {score} of 10
        </Trans>
      </strong>
      , <DateText date={at} withTime />
      {words ? (
        <>
          <br />
          <q>{words}</q>
        </>
      ) : null}
    </>
  )
}

function LastReadingsLine({ readings }: { readings: readonly Reading[] }) {
  const words = useReadingLabels()
  const last = readingKinds.flatMap((kind) => readings.findLast((each) => each.kind === kind) ?? [])
  if (last.length === 0)
    return (
      <li>
        <Trans>No readings yet</Trans>
      </li>
    )
  return last.map((each) => (
    <li key={each.kind}>
      {words.name(each.kind)} <bdi>{words.value(each)}</bdi>,{' '}
      <DateText date={each.at} withTime={each.at.length > 10} />
    </li>
  ))
}

function MissedContactsLine({ person }: { person: string }) {
  const { data } = useSuspenseQuery(stayMessagesQuery(person))
  const { last, missed } = missedContacts(data.contacts)
  const days = last ? daysBetween(dayHere(last.at), clockToday()) : undefined
  return (
    <li>
      {last && days !== undefined ? (
        <Due isDue={days >= daysWithoutContact}>
          <Trans>
            Last contact on <DateText date={dayHere(last.at)} />, <AgoWords days={days} />
          </Trans>
        </Due>
      ) : (
        <Due isDue>
          <Trans>No contact is recorded</Trans>
        </Due>
      )}
      {'. '}
      <Plural
        value={missed}
        _0="No try has failed since then."
        one="# try has failed since then."
        other="# tries have failed since then."
      />
    </li>
  )
}

/** What asks for somebody is bold, with a mark that is no colour. */
function Due({ isDue, children }: Readonly<{ isDue: boolean; children: ReactNode }>) {
  if (!isDue) return <>{children}</>
  return <StateMark state="due">{children}</StateMark>
}

function AgoWords({ days }: { days: number }) {
  return <Plural value={days} _0="today" one="# day ago" other="# days ago" />
}

/** When the plan was last written, and its next review: each with the day that the plan itself says. */
function PlanLines({ house: { plan } }: Pick<SideProps, 'house'>) {
  if (!plan || plan.ended)
    return (
      <li>
        <Trans>There is no plan.</Trans>
      </li>
    )
  const { reviewOn, written } = plan
  const today = clockToday()
  const late = reviewOn ? daysBetween(reviewOn, today) : 0
  return (
    <>
      {written ? (
        <li>
          <Trans>
            Plan last changed on <DateText date={dayHere(written.at)} />,{' '}
            <AgoWords days={daysBetween(dayHere(written.at), today)} />
          </Trans>
        </li>
      ) : null}
      <li>
        {!reviewOn ? (
          <Due isDue>
            <Trans>No review is planned</Trans>
          </Due>
        ) : (
          <Due isDue={late > 0}>
            {late > 0 ? (
              <Trans>
                The review was due on <DateText date={reviewOn} />, <AgoWords days={late} />
              </Trans>
            ) : (
              <Trans>
                The next review is on <DateText date={reviewOn} />
              </Trans>
            )}
          </Due>
        )}
      </li>
    </>
  )
}
