import type { AuditEvent, Consent, RelatedPerson } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { accessSummaryFrom } from '#domain/audit/access-summary.ts'
import { isShareWith } from './consent-fhir.ts'
import { sharesFrom, waitingFrom } from './shares.ts'

const entry = (facts: Partial<AuditEvent> & { name?: string; touched?: string }): AuditEvent => ({
  resourceType: 'AuditEvent',
  type: { code: 'rest' },
  action: 'R',
  outcome: '0',
  recorded: '2026-11-22T10:00:00.000Z',
  agent: [
    {
      name: facts.name ?? 'Amina Yusuf',
      requestor: true,
      role: [{ coding: [{ code: 'nurse-case-manager' }] }],
    },
  ],
  source: { observer: { reference: 'Organization/brook-surgery' } },
  entity: [
    { what: { reference: 'Patient/p' } },
    ...(facts.touched ? [{ what: { reference: facts.touched } }] : []),
  ],
  ...facts,
})

test('Accesses by one user on one day are one line, newest first', () => {
  const looks = accessSummaryFrom([
    entry({ touched: 'Goal/1' }),
    entry({ touched: 'Observation/2', recorded: '2026-11-22T11:00:00.000Z' }),
    entry({ action: 'U', touched: 'Goal/1' }),
    entry({ recorded: '2026-11-20T10:00:00.000Z', entity: [{ name: 'Observation×120' }] }),
    entry({ name: 'Dr Robin Vale', outcome: '4', recorded: '2026-11-23T09:00:00.000Z' }),
  ])
  expect(looks.map(({ day, name, way, times, kinds }) => [day, name, way, times, kinds])).toEqual([
    ['2026-11-23', 'Dr Robin Vale', 'refused', 1, []],
    ['2026-11-22', 'Amina Yusuf', 'looked', 2, ['Goal', 'Observation']],
    ['2026-11-22', 'Amina Yusuf', 'changed', 1, ['Goal']],
    ['2026-11-20', 'Amina Yusuf', 'looked', 1, ['Observation']],
  ])
})

test('A share says what is shared and until when, and nothing once it has expired', () => {
  const patient = { reference: 'Patient/p' }
  const son: RelatedPerson = {
    resourceType: 'RelatedPerson',
    id: 'c',
    patient,
    name: [{ given: ['Chidi'], family: 'Okafor' }],
    relationship: [{ text: 'Son' }],
  }
  const consent: Consent = {
    resourceType: 'Consent',
    status: 'active',
    scope: {},
    category: [],
    patient,
    provision: {
      period: { end: '2026-12-31' },
      actor: [{ role: {}, reference: { reference: 'RelatedPerson/c' } }],
      class: [{ code: 'me' }],
    },
  }
  expect(sharesFrom([son], [consent], '2026-11-22')).toMatchObject([
    { name: 'Chidi Okafor', relationship: 'Son', read: ['me'], write: [], until: '2026-12-31' },
  ])
  expect(sharesFrom([son], [consent], '2027-01-01')[0]?.read).toEqual([])
})

test('A break-glass access has a line of its own, with the reason given', () => {
  const [look] = accessSummaryFrom([
    {
      resourceType: 'AuditEvent',
      type: { code: 'rest' },
      subtype: [{ code: 'break-glass' }],
      action: 'E',
      recorded: '2026-03-02T09:00:00Z',
      outcome: '0',
      outcomeDesc: 'Found on the floor, cannot speak',
      agent: [{ name: 'Dr Robin Vale', requestor: true }],
      source: { observer: { display: 'Gable' } },
    },
  ])
  expect(look).toMatchObject({
    name: 'Dr Robin Vale',
    way: 'emergency',
    reason: 'Found on the floor, cannot speak',
  })
})

const patient = { reference: 'Patient/p' }
const nurse = { reference: 'Practitioner/n' }
const stranger = { reference: 'RelatedPerson/x', display: 'Ngozi' }
const given = (more: Partial<Consent> = {}): Consent => ({
  ...{ resourceType: 'Consent', id: 'one', status: 'active', scope: {}, category: [], patient },
  provision: { actor: [{ role: {}, reference: stranger }], class: [{ code: 'me' }] },
  ...more,
})

test('Every active consent is listed, also for a carer who is not among the contacts', () => {
  const [one, ...others] = sharesFrom([], [given()], '2026-11-22')
  expect(one).toMatchObject({ reference: 'RelatedPerson/x', name: 'Ngozi', read: ['me'] })
  expect(others).toEqual([])
  expect(sharesFrom([], [given({ status: 'inactive' })], '2026-11-22')).toEqual([])
  const deep = given({ provision: { provision: [{ provision: [given().provision ?? {}] }] } })
  expect(sharesFrom([], [deep], '2026-11-22')).toMatchObject([{ read: ['me'] }])
  expect(isShareWith(deep, ['RelatedPerson/x'])).toBe(true)
  expect(isShareWith(given({ status: 'proposed' }), ['RelatedPerson/x'])).toBe(false)
  expect(isShareWith(given(), ['RelatedPerson/y'])).toBe(false)
})

test('A proposed consent is listed with what it would open and who wrote it down', () => {
  const extension = [{ url: 'https://gable.example/fhir/supported-by', valueReference: nurse }]
  const asked = given({ status: 'proposed', extension })
  expect(waitingFrom([], [asked, given()], '2026-11-22')).toMatchObject([
    { id: 'one', writtenBy: [nurse.reference], shares: [{ name: 'Ngozi', read: ['me'] }] },
  ])
  expect(sharesFrom([], [asked], '2026-11-22')).toEqual([])
  expect(sharesFrom([], [{ ...asked, status: 'active' }], '2026-11-22')).toMatchObject([
    { writtenBy: [nurse.reference] },
  ])
})
