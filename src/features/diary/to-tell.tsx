import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { clockToday, clockZone } from '#client/clock.ts'
import { toTellQuery } from '#client/queries/diary/diary.ts'
import { contactSheetQuery } from '#client/queries/patient/contact-sheet.ts'
import { dayOf } from '#domain/calendar/zone.ts'
import type { DiaryVisit } from '#domain/diary/diary-visit.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PhoneLink } from '#ui/text/phone-link.tsx'

/** Whatever day is shown: who has to be rung, because a visit that is still to come was moved or cancelled. */
export function ToTell({ me }: { me: string }) {
  const { t } = useLingui()
  const { data: visits } = useSuspenseQuery(toTellQuery(me, clockToday()))
  if (visits.length === 0) return null
  return (
    <section className="gable-section" aria-label={t`Nobody has told them yet`}>
      <StateMark state="due">
        <Trans>Nobody has told them yet</Trans>
      </StateMark>
      <ul className="gable-plain-list to-tell">
        {visits.map((visit) => (
          <OneToTell key={visit.id} visit={visit} />
        ))}
      </ul>
    </section>
  )
}

function OneToTell({ visit }: { visit: DiaryVisit }) {
  const { state, start, person, personName, movedFrom } = visit
  return (
    <li>
      <Link to={`/diary?day=${dayOf(start, clockZone())}`}>{personName}</Link>:{' '}
      {state === 'cancelled' ? (
        <Trans>
          cancelled, <DateText date={start} withTime />
        </Trans>
      ) : (
        <Trans>
          <DateText date={start} withTime />, not <DateText date={movedFrom ?? start} withTime />
        </Trans>
      )}{' '}
      <NumberToRing person={person} />
    </li>
  )
}

/** Somebody has to ring them: nobody is left with a blank. */
function NumberToRing({ person }: { person: string }) {
  const { data: sheet, isError, isFetching, refetch } = useQuery(contactSheetQuery(person))
  if (sheet) {
    const number = (sheet.phones.find(({ best }) => best) ?? sheet.phones[0])?.value
    return number ? <PhoneLink number={number} /> : <Trans>No number recorded</Trans>
  }
  if (!isError || isFetching) return <Trans>Loading the phone number</Trans>
  return (
    <>
      <Trans>The phone number could not be loaded.</Trans>{' '}
      <Button variant="link" onClick={() => void refetch()}>
        <Trans>Try again</Trans>
      </Button>
    </>
  )
}
