import type { Appointment } from '@medplum/fhirtypes'
import { given } from '#domain/fhir/references-and-extensions.ts'
import { isTeamMeeting } from '#domain/meeting/is-team-meeting.ts'
import { type DiaryKind, diaryKindOf } from './diary-kind.ts'
import type { CalendarEntry } from './i-calendar.ts'

/** An appointment of a person, whoever made it. */
export type PersonAppointment = Readonly<{
  id: string
  version: number
  changedAt: string
  /** of a diary here; absent: of another system */
  kind?: DiaryKind
  start: string
  end?: string
  /** who comes, calls or sees the person */
  who: string
  place: string
  isCancelled: boolean
  /** the time may still change: it was proposed, somebody has to say yes, or it waits for a free place */
  isOpen: boolean
  reason: string
}>

/** Undefined for what is no appointment of the person, and for one without a time. */
export function personAppointment(record: Appointment): PersonAppointment | undefined {
  const { id = '', start, end, status, participant, meta, cancelationReason } = record
  if (!start || start.length <= 10 || status === 'entered-in-error' || isTeamMeeting(record))
    return undefined
  const named = (type: string) =>
    participant.find(({ actor }) => actor?.reference?.startsWith(`${type}/`))?.actor?.display
  const inWords = participant.find(({ actor }) => actor && !actor.reference)?.actor?.display
  return {
    ...{ id, start, version: Number(meta?.versionId ?? 1), changedAt: meta?.lastUpdated ?? start },
    ...given('kind', diaryKindOf(record)),
    ...given('end', end),
    who: named('Practitioner') ?? named('HealthcareService') ?? '',
    place: named('Location') ?? inWords ?? '',
    isCancelled: status === 'cancelled',
    isOpen: ['proposed', 'pending', 'waitlist'].includes(status),
    reason: cancelationReason?.text ?? '',
  }
}

/** For a calendar outside: nobody’s name is in it. */
export const calendarEntry = (
  { id, version, start, end, place, isCancelled, isOpen, changedAt }: PersonAppointment,
  title: string,
): CalendarEntry => ({
  ...{ id, start, title, place, isCancelled, isOpen, changedAt, sequence: version - 1 },
  ...given('end', end),
})
