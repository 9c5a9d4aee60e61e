import type {
  Appointment,
  Encounter,
  MedicationRequest,
  Patient,
  Procedure,
} from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { visitsAround, visitsSince } from './visits.ts'
import { type VisitSources, visitsFrom } from './visits-from.ts'

const patient: Patient = {
  ...{ resourceType: 'Patient', id: 'p' },
  generalPractitioner: [{ reference: 'Organization/practice' }],
}
const reading = { today: '2026-03-20', zone: 'Europe/London' }
const sources = (some: Partial<VisitSources>): VisitSources => ({
  ...{ patient, encounters: [], appointments: [], outcomes: [] },
  ...some,
})
const visits = (some: Partial<VisitSources>) => visitsFrom(sources(some), reading)
const seen = (more: Partial<Encounter>): Encounter => ({
  ...{ resourceType: 'Encounter', id: 'e', status: 'finished', class: { code: 'AMB' } },
  period: { start: '2026-03-10T10:00:00Z', end: '2026-03-10T10:15:00Z' },
  ...more,
})
const booked = (more: Partial<Appointment>): Appointment => ({
  ...{ resourceType: 'Appointment', id: 'a', status: 'booked', start: '2026-03-29T10:00:00Z' },
  participant: [{ actor: { reference: 'Patient/p' }, status: 'accepted' }],
  ...more,
})

test.each<[string, string, Partial<Encounter>]>([
  ['a bed', 'stay', { class: { code: 'IMP' } }],
  ['an emergency department', 'emergency', { class: { code: 'EMER' } }],
  ['a nurse', 'nurse', { type: [{ text: 'Practice nurse appointment' }] }],
  ['a clinic', 'clinic', { serviceType: { text: 'Heart failure clinic' } }],
  ['the person’s own practice', 'gp', { serviceProvider: { reference: 'Organization/practice' } }],
  [
    'another place that the record does not describe',
    'visit',
    { serviceProvider: { display: 'X' } },
  ],
  ['at home', 'home', { class: { code: 'HH' } }],
  ['by phone or video', 'call', { class: { code: 'VR' } }],
])('a visit to %s is told as %s', (_title, kind, more) => {
  expect(visits({ encounters: [seen(more)] })[0]?.kind).toBe(kind)
})

test.each<[string, string, Partial<VisitSources>]>([
  ['that was held', 'held', { encounters: [seen({})] }],
  [
    'that goes on',
    'now',
    { encounters: [seen({ status: 'in-progress', period: { start: '2026-03-19' } })] },
  ],
  ['that is booked', 'planned', { appointments: [booked({})] }],
  [
    'whose booked day is over, and nobody recorded it',
    'not-said',
    { appointments: [booked({ start: '2026-03-01T10:00:00Z' })] },
  ],
  ['nobody came to', 'missed', { appointments: [booked({ status: 'noshow' })] }],
  ['that was cancelled', 'cancelled', { appointments: [booked({ status: 'cancelled' })] }],
])('a visit %s is %s', (_title, state, some) => {
  expect(visits(some)[0]?.state).toBe(state)
})

test('what came of a visit is what the record ties to it, and what was entered in error is not', () => {
  const encounter = { reference: 'Encounter/e' }
  const subject = { reference: 'Patient/p' }
  const prescribed: MedicationRequest = {
    ...{ resourceType: 'MedicationRequest', id: 'm', status: 'active', intent: 'order' },
    ...{ subject, encounter, medicationCodeableConcept: { text: 'Iron tablets' } },
  }
  const procedure: Procedure = {
    ...{ resourceType: 'Procedure', status: 'completed', subject, encounter },
  }
  const [visit] = visits({
    encounters: [
      seen({
        diagnosis: [{ condition: { reference: 'Condition/x', display: 'Chest infection' } }],
        hospitalization: { dischargeDisposition: { text: 'Home' } },
      }),
    ],
    outcomes: [
      { resourceType: 'Condition', id: 'c', subject, encounter, code: { text: 'Anaemia' } },
      prescribed,
      { ...procedure, id: 'w', status: 'entered-in-error', code: { text: 'Wrong person' } },
      { ...procedure, id: 'o', encounter: { reference: 'Encounter/other' }, code: { text: 'X' } },
    ],
  })
  expect(visit?.outcomes.map(({ kind, words }) => `${kind}: ${words}`)).toEqual([
    'found: Chest infection',
    'went: Home',
    'found: Anaemia',
    'medicine: Iron tablets',
  ])
})

test('an appointment that became a visit is told once; what was entered in error is not told', () => {
  const found = visits({
    encounters: [
      seen({ appointment: [{ reference: 'Appointment/a' }] }),
      seen({ id: 'wrong', status: 'entered-in-error' }),
    ],
    appointments: [booked({ status: 'fulfilled' })],
  })
  expect(found.map(({ id }) => id)).toEqual(['Encounter/e'])
})

test('visits are told since the last talk, the newest first, a stay that went on into it too; planned ones by day', () => {
  const day = (id: string, start: string, end = start): Encounter =>
    seen({ id, period: { start, end } })
  const all = visits({
    encounters: [
      ...[day('old', '2026-01-02'), day('stay', '2026-02-01', '2026-03-02')],
      ...[day('new', '2026-03-10'), { ...seen({ id: 'none' }), period: {} }],
    ],
    appointments: [
      booked({ id: 'later', start: '2026-05-01T10:00:00Z' }),
      booked({ id: 'soon', start: '2026-03-21T10:00:00Z' }),
    ],
  })
  const { past, upcoming, undated } = visitsAround(all, '2026-03-01')
  const ids = (some: typeof past) => some.map(({ id }) => id.split('/')[1])
  expect([ids(past), ids(upcoming), ids(undated)]).toEqual([
    ['new', 'stay'],
    ['soon', 'later'],
    ['none'],
  ])
})

test('without a talk before, visits are told for a year', () => {
  expect(visitsSince(undefined, '2026-03-20')).toBe('2025-03-20')
  expect(visitsSince('2026-02-01', '2026-03-20')).toBe('2026-02-01')
})
