import type { Encounter } from '@medplum/fhirtypes'
import type { SeedRecord } from '#demo-data/seed-record.ts'
import { at, concept, gableCodes, to } from '#demo-data/vocabulary/codes.ts'
import { addDays } from '#domain/calendar/days.ts'

type Stay = Readonly<{
  code: 'IMP' | 'EMER'
  /** days before the day on which the records end */
  from: number
  time?: string
  to?: number
  reason: string
  ward?: string
}>

/** Somebody on a ward, in the emergency department and home again, none of whom has a coordinator. */
const stays: readonly Stay[] = [
  { code: 'IMP', from: 4, reason: 'Fall', ward: 'Ward 4' },
  { code: 'EMER', from: 1, time: '22:40', reason: 'Short of breath' },
  { code: 'IMP', from: 11, to: 2, reason: 'Chest infection' },
]

export const peopleInHospital = stays.length

/** The stay of one of them, by place. */
export function* hospitalNow(
  { id, asOf }: Readonly<{ id: string; asOf: string }>,
  place: number,
): Generator<SeedRecord> {
  const stay = stays[place]
  if (!stay) return
  const end = stay.to === undefined ? {} : { end: at(addDays(asOf, -stay.to), '11:30') }
  yield {
    resourceType: 'Encounter',
    id: `${id}-now`,
    status: stay.to === undefined ? 'in-progress' : 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: stay.code },
    priority: concept(gableCodes, 'emergency', 'Emergency'),
    subject: to('Patient', id),
    period: { start: at(addDays(asOf, -stay.from), stay.time ?? '06:20'), ...end },
    reasonCode: [{ text: stay.reason }],
    ...(stay.ward ? { location: [{ location: { display: stay.ward } }] } : {}),
    serviceProvider: to('Organization', 'st-annes-hospital', 'St Anne’s Hospital'),
  } satisfies Encounter
}
