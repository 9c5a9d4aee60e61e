import type { Resource } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import { readExactly } from '#domain/decimal/digits.ts'
import { gableUrl } from '#domain/fhir/codes.ts'
import { timelineOf } from './timeline.ts'

const subject = { reference: 'Patient/p' }
const snomed = 'http://snomed.info/sct'
const eventsOf = (...resources: object[]) => timelineOf(resources as Resource[])

describe('Records of another system become events', () => {
  test.each<[string, object, readonly object[]]>([
    [
      'a condition that ended is two events',
      {
        resourceType: 'Condition',
        id: 'c',
        code: { text: 'Acute bronchitis (disorder)' },
        onsetDateTime: '2011-01-02T10:00:00Z',
        abatementDateTime: '2011-01-09T10:00:00Z',
      },
      [
        {
          act: 'ended',
          at: '2011-01-09T10:00:00Z',
          named: { as: 'words', text: 'Acute bronchitis' },
        },
        { act: 'began', at: '2011-01-02T10:00:00Z' },
      ],
    ],
    [
      'a need is not shown as an illness',
      {
        resourceType: 'Condition',
        id: 'c',
        category: [{ coding: [{ code: 'health-concern' }] }],
        code: { text: 'Getting up the stairs' },
      },
      [{ kind: 'need', named: { as: 'words', text: 'Getting up the stairs' } }],
    ],
    [
      'a code without a name is shown as the code',
      {
        resourceType: 'Condition',
        id: 'c',
        code: { coding: [{ system: snomed, code: '12345' }] },
        onsetDateTime: '1980',
      },
      [{ named: { as: 'code', code: '12345', system: snomed }, at: '1980' }],
    ],
    [
      'a condition without a code or date',
      { resourceType: 'Condition', id: 'c' },
      [{ named: { as: 'none' } }],
    ],
    [
      'a night in hospital is an admission and a discharge',
      {
        resourceType: 'Encounter',
        id: 'e',
        class: { code: 'IMP' },
        type: [{ text: 'Admission' }],
        period: { start: '2012-03-04T20:00:00Z', end: '2012-03-06T09:00:00Z' },
      },
      [
        { kind: 'admission', act: 'discharged' },
        { kind: 'admission', act: 'admitted', until: '2012-03-06T09:00:00Z' },
      ],
    ],
    [
      'an hour in the emergency department is one event',
      {
        resourceType: 'Encounter',
        id: 'e',
        class: { code: 'EMER' },
        period: { start: '2012-03-04T20:00:00Z', end: '2012-03-04T21:00:00Z' },
      },
      [{ kind: 'admission', act: 'admitted' }],
    ],
    [
      'a visit is a contact, with its reason',
      {
        resourceType: 'Encounter',
        id: 'e',
        class: { code: 'AMB' },
        reasonCode: [{ text: 'Sore throat' }],
        period: { start: '2012-03-04' },
      },
      [{ kind: 'contact', act: 'seen', detail: 'Sore throat' }],
    ],
    [
      'a prescription',
      {
        resourceType: 'MedicationRequest',
        id: 'm',
        status: 'stopped',
        medicationCodeableConcept: { text: 'Ibuprofen' },
        authoredOn: '2017-03-21',
      },
      [{ kind: 'medicine', act: 'prescribed' }],
    ],
    [
      'a vaccine that was not given',
      {
        resourceType: 'Immunization',
        id: 'i',
        status: 'not-done',
        vaccineCode: { text: 'Influenza' },
        occurrenceDateTime: '2011',
      },
      [{ act: 'not-given' }],
    ],
    [
      'a blood pressure',
      {
        resourceType: 'Observation',
        id: 'o',
        code: { text: 'Blood Pressure' },
        effectiveDateTime: '2011-10-14',
        component: [
          {
            code: { coding: [{ code: '8462-4' }] },
            valueQuantity: { value: 79.6, unit: 'mm[Hg]' },
          },
          {
            code: { coding: [{ code: '8480-6' }] },
            valueQuantity: { value: 131.2, unit: 'mm[Hg]' },
          },
        ],
      },
      [{ kind: 'reading', detail: '131/80 mmHg' }],
    ],
    [
      'a long number is rounded for reading',
      {
        resourceType: 'Observation',
        id: 'o',
        code: { text: 'Height' },
        valueQuantity: { value: 176.35499866729558, unit: 'cm' },
      },
      [{ detail: '176 cm' }],
    ],
    [
      'a very small number keeps its first digits',
      {
        resourceType: 'Observation',
        id: 'o',
        code: { text: 'Troponin' },
        valueQuantity: { value: 0.00412345, unit: 'ng/mL' },
      },
      [{ detail: '0.00412 ng/mL' }],
    ],
    ...(
      [
        ['1.50', '1.50 mg'],
        ['37.0', '37.0 mg'],
        ['120.00', '120 mg'],
        ['1.23456', '1.23 mg'],
        ['0.0040', '0.0040 mg'],
        ['12345678901234567890.5', '12345678901234567890.5 mg'],
      ] as const
    ).map(([sent, detail]): [string, object, readonly object[]] => [
      `${sent} is read as ${detail}`,
      readExactly(
        `{"resourceType":"Observation","id":"o","code":{"text":"x"},"valueQuantity":{"value":${sent},"unit":"mg"}}`,
      ) as object,
      [{ detail }],
    ]),
    [
      'an annotation in place of a unit is left out',
      {
        resourceType: 'Observation',
        id: 'o',
        code: { text: 'Pain' },
        valueQuantity: { value: 1.5, unit: '{score}' },
      },
      [{ detail: '1.5' }],
    ],
    [
      'a death without a date',
      { resourceType: 'Patient', id: 'p', deceasedBoolean: true },
      [{ act: 'died' }],
    ],
    [
      'a record entered in error is left out',
      { resourceType: 'Procedure', id: 'x', status: 'entered-in-error' },
      [],
    ],
    [
      'a condition entered in error is left out',
      {
        resourceType: 'Condition',
        id: 'c',
        verificationStatus: { coding: [{ code: 'entered-in-error' }] },
      },
      [],
    ],
    ['a claim is left out', { resourceType: 'Claim', id: 'x', status: 'active' }, []],
    [
      'a draft of a questionnaire is left out',
      { resourceType: 'QuestionnaireResponse', id: 'x', status: 'in-progress' },
      [],
    ],
    [
      'an agreement names who agreed',
      {
        resourceType: 'Provenance',
        id: 'a',
        activity: { coding: [{ system: 'https://gable.example/codes', code: 'agree' }] },
        agent: [{ who: { display: 'Grace Okafor' } }],
        occurredDateTime: '2026-11-04',
      },
      [{ kind: 'agreement', act: 'agreed', named: { as: 'words', text: 'Grace Okafor' } }],
    ],
    ['other provenance is left out', { resourceType: 'Provenance', id: 'a', agent: [] }, []],
  ])('%s', (_title, resource, expected) => {
    expect(eventsOf({ subject, ...resource })).toMatchObject(expected)
    expect(eventsOf({ subject, ...resource })).toHaveLength(expected.length)
  })
})

test('A score is shown with its assessment, not among the readings', () => {
  const events = timelineOf(
    [
      {
        resourceType: 'QuestionnaireResponse',
        id: 'r',
        status: 'completed',
        questionnaire: 'https://q|1',
        authored: '2026-11-22',
      },
      {
        resourceType: 'Observation',
        id: 's',
        status: 'final',
        code: {},
        derivedFrom: [{ reference: 'QuestionnaireResponse/r' }],
        valueInteger: 12,
      },
    ],
    { 'https://q': 'PHQ-9' },
  )
  expect(events).toMatchObject([{ kind: 'assessment', named: { text: 'PHQ-9' }, detail: '12' }])
})

test('The newest event comes first, and one without a date last', () => {
  const events = eventsOf(
    { resourceType: 'Condition', id: 'none', code: { text: 'n' } },
    { resourceType: 'Condition', id: 'old', code: { text: 'o' }, onsetDateTime: '1970' },
    { resourceType: 'Condition', id: 'new', code: { text: 'w' }, onsetDateTime: '2020-05' },
  )
  expect(events.map((each) => each.source)).toEqual([
    'Condition/new',
    'Condition/old',
    'Condition/none',
  ])
})

test('An arranged service is not a referral, which is listed with the tasks', () => {
  const request = {
    resourceType: 'ServiceRequest',
    id: 's',
    intent: 'order',
    code: { text: 'Lunch club' },
  }
  const kinds = (more: object) =>
    eventsOf({ ...request, ...more }).map(({ kind, act }) => [kind, act])
  expect(kinds({ status: 'active' })).toEqual([['service', 'arranged']])
  expect(kinds({ status: 'revoked' })).toEqual([['service', 'asked-for']])
  expect(kinds({ status: 'completed' })).toEqual([['service', 'arranged']])
  const category = [{ coding: [{ code: 'referral' }] }]
  expect(kinds({ status: 'completed', category })).toEqual([['referral', 'sent']])
})

test.each([
  ['its own end', { status: 'active', occurrencePeriod: { end: '2026-03-01' } }, '2026-03-01'],
  ['no end while it goes on', { status: 'active' }, undefined],
  [
    'when it was written as over',
    {
      status: 'revoked',
      extension: [
        {
          url: gableUrl('written'),
          extension: [{ url: 'at', valueDateTime: '2026-04-01T09:00:00Z' }],
        },
      ],
    },
    '2026-04-01T09:00:00Z',
  ],
  ['the day it was made, if nothing else is known', { status: 'completed' }, '2026-01-01'],
])('A service has %s', (_, more, until) => {
  const [event] = eventsOf({
    ...{ resourceType: 'ServiceRequest', id: 's', intent: 'order', authoredOn: '2026-01-01' },
    ...more,
  })
  expect(event?.until).toBe(until)
})

test.each([
  // 00:30 and 01:15 of one summer night in London
  ['within one day of the service', '2026-06-30T23:30:00Z', '2026-07-01T00:15:00Z', ['admitted']],
  // 23:30 in London, and 00:15 on the next day
  [
    'across midnight in the zone of the service',
    '2026-07-01T22:30:00Z',
    '2026-07-01T23:15:00Z',
    ['discharged', 'admitted'],
  ],
])('A stay %s is split by days in the zone of the service', (_title, start, end, acts) => {
  const stay = {
    resourceType: 'Encounter',
    id: 'e',
    class: { code: 'IMP' },
    period: { start, end },
  }
  const events = timelineOf([stay as Resource], {}, 'Europe/London')
  expect(events.map(({ act }) => act)).toEqual(acts)
})

test('A plan for if things get worse is shown on the day it was written', () => {
  const category = [{ coding: [{ code: 'contingency' }] }]
  const meta = { lastUpdated: '2026-03-01T09:00:00Z' }
  const plan = {
    resourceType: 'CarePlan',
    id: 'w',
    status: 'active',
    intent: 'plan',
    meta,
    category,
  }
  expect(eventsOf({ ...plan, title: 'If things get worse' })).toMatchObject([
    { kind: 'plan', act: 'recorded', at: '2026-03-01T09:00:00Z' },
  ])
  expect(eventsOf({ ...plan, created: '2026-02-01' })[0]?.at).toBe('2026-02-01')
  // a plan written in the app has no category and is named by a code; without `created` its date is when it was written
  const { category: _category, ...ours } = plan
  const named = { as: 'code', code: 'assess-plan' }
  expect(eventsOf(ours)).toMatchObject([{ act: 'recorded', named, at: '2026-03-01T09:00:00Z' }])
  const created = '2026-02-28T09:00:00Z'
  expect(eventsOf({ ...ours, created })).toMatchObject([{ act: 'began', named, at: created }])
})
