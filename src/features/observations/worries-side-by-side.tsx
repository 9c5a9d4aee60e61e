import { Plural, Trans } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { dayHere } from '#client/clock.ts'
import { stayMessagesQuery } from '#client/queries/discharge/stays.ts'
import { worriesQuery } from '#client/queries/worry/worries.ts'
import { missedContacts } from '#domain/contact/missed-contacts.ts'
import { type Reading, readingKinds } from '#domain/reading/reading.ts'
import { type Worry, type WorryDifference, worryDifferences } from '#domain/worry/worry.ts'
import { useReadingLabels } from '#features/parts/reading-labels.tsx'
import { Card } from '#ui/layout/card.tsx'
import { DateText } from '#ui/text/date-text.tsx'

type SideProps = Readonly<{ person: string; givenName: string; readings: readonly Reading[] }>

/** How worried the staff, the carers and the person are, beside what was measured last and who could not be reached. */
export function WorriesSideBySide({ person, givenName, readings }: SideProps) {
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
      </ul>
      <p className="gable-meta">
        <Trans>From 0 to 10, as each says it. It is no clinical score.</Trans>
      </p>
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
  return (
    <li>
      {last ? (
        <Trans>
          Last contact on <DateText date={dayHere(last.at)} />
        </Trans>
      ) : (
        <Trans>No contact is recorded</Trans>
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
