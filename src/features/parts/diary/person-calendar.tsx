import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { now } from '#client/clock.ts'
import { personAppointmentsQuery } from '#client/queries/diary/diary.ts'
import type { DiaryKind } from '#domain/diary/diary-kind.ts'
import { iCalendar } from '#domain/diary/i-calendar.ts'
import { calendarEntry, type PersonAppointment } from '#domain/diary/person-appointment.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'

const kindLabels: Readonly<Record<DiaryKind | 'other', MessageDescriptor>> = {
  'diary-visit': msg`Visit at home`,
  'diary-call': msg`Telephone call`,
  other: msg`Appointment`,
}

/** What is planned for a person, by all organisations, and a file for the calendar on their own telephone. */
export function PersonCalendar({ person }: Readonly<{ person: string }>) {
  const { i18n } = useLingui()
  const { data } = useSuspenseQuery(personAppointmentsQuery(person))
  const coming = data.filter(({ start, end }) => Date.parse(end ?? start) >= now().getTime())
  const titleOf = ({ kind }: PersonAppointment) => i18n._(kindLabels[kind ?? 'other'])
  const keep = () => {
    const text = iCalendar(data.map((each) => calendarEntry(each, titleOf(each))))
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/calendar' }))
    link.download = 'appointments.ics'
    link.click()
    URL.revokeObjectURL(link.href)
  }
  return (
    <>
      {coming.length === 0 ? (
        <p>
          <Trans>Nothing is planned.</Trans>
        </p>
      ) : null}
      <ul className="gable-plain-list calendar-list">
        {coming.map((each) => (
          <li key={each.id}>
            <b>
              <DateText date={each.start} withTime />
            </b>
            <p>
              {titleOf(each)}
              {each.who ? `, ${each.who}` : null}
              {each.place ? `, ${each.place}` : null}
            </p>
            <HowCertain of={each} />
          </li>
        ))}
      </ul>
      {data.length > 0 ? (
        <>
          <Button variant="outline" onClick={keep}>
            <Trans>Save as a calendar file</Trans>
          </Button>
          <p className="gable-meta">
            <Trans>No names are in it, and nothing about health.</Trans>
          </p>
        </>
      ) : null}
    </>
  )
}

function HowCertain({ of: { isOpen, isCancelled, reason } }: Readonly<{ of: PersonAppointment }>) {
  if (isCancelled)
    return (
      <StateMark state="failed">
        <Trans>Cancelled</Trans>
        {reason ? `: ${reason}` : null}
      </StateMark>
    )
  if (!isOpen) return null
  return (
    <StateMark state="missing">
      <Trans>Not certain yet</Trans>
    </StateMark>
  )
}
