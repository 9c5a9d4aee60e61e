import { queryOptions } from '@tanstack/react-query'
import { clockZone, nowHere } from '#client/clock.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import { createOnce } from '#client/fhir/create-once.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import { addDays } from '#domain/calendar/days.ts'
import { dayOf } from '#domain/calendar/zone.ts'
import { diaryVisitFromFhir, diaryVisitToFhir } from '#domain/diary/diary-fhir.ts'
import { cancelledFor, type DiaryVisit, isToTell, movedTo } from '#domain/diary/diary-visit.ts'
import { personAppointment } from '#domain/diary/person-appointment.ts'

/** The visits and calls of a professional from a day on, for so many days; of people whom the reader may see. */
export const diaryQuery = (practitioner: string, day: string, days: number) =>
  queryOptions({
    queryKey: ['diary', practitioner, day, days],
    queryFn: async ({ signal }) => {
      const found = await allRecords(
        'Appointment',
        { practitioner: `Practitioner/${practitioner}`, date: `ge${addDays(day, -1)}` },
        signal,
      )
      const last = addDays(day, days)
      return found
        .flatMap((each) => diaryVisitFromFhir(each) ?? [])
        .filter(({ start }) => {
          const on = dayOf(start, clockZone())
          return on >= day && on < last
        })
    },
    meta: { kinds: ['Appointment'] },
  })

/** What is still to come in a diary, was moved or cancelled, and nobody has told the person. */
export const toTellQuery = (practitioner: string, today: string) =>
  queryOptions({
    queryKey: ['diary', practitioner, 'to-tell', today],
    queryFn: async ({ signal }) => {
      const found = await allRecords(
        'Appointment',
        { practitioner: `Practitioner/${practitioner}`, date: `ge${today}` },
        signal,
      )
      return found
        .flatMap((each) => diaryVisitFromFhir(each) ?? [])
        .filter(isToTell)
        .toSorted((one, other) => Date.parse(one.start) - Date.parse(other.start))
    },
    meta: { kinds: ['Appointment'] },
  })

/** Every appointment of a person that the reader may see, of all organisations, the next one first. */
export const personAppointmentsQuery = (person: string) =>
  queryOptions({
    queryKey: ['person-appointments', person],
    queryFn: async ({ signal }) => {
      const found = await allRecords('Appointment', { patient: `Patient/${person}` }, signal)
      return found
        .flatMap((each) => personAppointment(each) ?? [])
        .toSorted((one, other) => Date.parse(one.start) - Date.parse(other.start))
    },
    meta: { kinds: ['Appointment'] },
  })

/** Makes visits. The caller keeps each `id` over retries. */
export async function makeVisits(visits: readonly DiaryVisit[]): Promise<void> {
  for (const visit of visits) await createOnce(diaryVisitToFhir(visit), { dated: ['created'] })
}

async function changeVisit(id: string, onto: (visit: DiaryVisit) => DiaryVisit): Promise<void> {
  await saveTogether({
    edits: [
      {
        ...{ type: 'Appointment', id },
        onto: (current) => {
          const standing = current?.resourceType === 'Appointment' ? current : undefined
          const visit = standing && diaryVisitFromFhir(standing)
          const next = visit && onto(visit)
          return next && next !== visit ? diaryVisitToFhir(next, { ...standing, id }) : undefined
        },
      },
    ],
  })
}

/** Another time, and why. Whoever was told of the time before is told again. */
export const moveVisit = (
  { id }: Pick<DiaryVisit, 'id'>,
  to: Readonly<{ start: string; end: string; reason: string }>,
): Promise<void> => changeVisit(id, (visit) => movedTo(visit, to))

export const cancelVisit = ({ id }: Pick<DiaryVisit, 'id'>, reason: string): Promise<void> =>
  changeVisit(id, (visit) => cancelledFor(visit, reason))

/** Somebody was told of the change; `who` in words, with how. */
export const tellOfVisit = ({ id }: Pick<DiaryVisit, 'id'>, who: string): Promise<void> =>
  changeVisit(id, (visit) => ({ ...visit, told: { who, how: '', at: nowHere() } }))

/** The order of travel of one day, as somebody put it. */
export async function orderVisits(visits: readonly DiaryVisit[]): Promise<void> {
  for (const [place, { id, order }] of visits.entries())
    if (order !== place + 1) await changeVisit(id, (visit) => ({ ...visit, order: place + 1 }))
}
