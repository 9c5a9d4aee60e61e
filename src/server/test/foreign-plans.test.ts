import type { Bundle, CarePlan, CareTeam, Goal, Resource } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { foreignPlans } from '#domain/plan/foreign/foreign-plan-fhir.ts'
import { houseFromFhir } from '#domain/plan/house/house-fhir.ts'
import { houseLists } from '#domain/plan/house/house-records.ts'
import { teamFromFhir } from '#domain/team/fhir.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  bringIn,
  bundleOf,
  comingPatient,
  openForImport,
  reasonsOf,
} from '#test-support/worlds/import-answer.ts'

const subject = { reference: 'Patient/p1' }
const patient = { ...comingPatient('p1'), resourceType: 'Patient' as const }
const today = '2026-03-02'

/** A plan in one record, as e-care plans for several chronic conditions send it: everything is inside. */
const inOnePiece = {
  resourceType: 'CarePlan',
  id: 'one-piece',
  ...{ status: 'active', intent: 'plan', subject, title: 'Kidney clinic plan' },
  period: { start: '2025-11-01' },
  author: { display: 'Dr Nkechi Obi' },
  contributor: [{ reference: '#doctor' }],
  contained: [
    { resourceType: 'Practitioner', id: 'doctor', name: [{ family: 'Ray', given: ['Sol'] }] },
    {
      ...{ resourceType: 'Goal', id: 'goal1', lifecycleStatus: 'active', subject },
      description: { text: 'Blood pressure under 140' },
      target: [
        { detailQuantity: { comparator: '<', value: 140, unit: 'mmHg' }, dueDate: '2026-05-01' },
      ],
    },
    { resourceType: 'Condition', id: 'ckd', subject, code: { text: 'Kidney disease, stage 3' } },
  ],
  addresses: [{ reference: '#ckd' }, { display: 'Anaemia' }],
  goal: [{ reference: '#goal1' }, { display: 'Walk the dog again' }],
  activity: [
    {
      detail: {
        ...{ kind: 'ServiceRequest', status: 'in-progress', description: 'Low-salt diet' },
        scheduledTiming: { repeat: { frequency: 3, period: 1, periodUnit: 'd' } },
        performer: [{ reference: '#doctor' }],
      },
      progress: [{ text: 'Manages on weekdays' }],
    },
    { detail: { status: 'scheduled', doNotPerform: true, code: { text: 'Ibuprofen' } } },
  ],
  note: [{ text: 'She prefers letters to calls' }],
} as const

/** A plan that refers to records of several kinds, as the UK’s core profiles have it. */
const inPieces = {
  resourceType: 'CarePlan',
  id: 'in-pieces',
  ...{ status: 'on-hold', intent: 'plan', subject },
  category: [
    {
      coding: [
        { system: 'http://snomed.info/sct', code: '736271009', display: 'Outpatient care plan' },
      ],
    },
  ],
  author: { reference: 'Practitioner/elsewhere-1', display: 'Uma Singh' },
  careTeam: [{ reference: 'CareTeam/ct1' }],
  goal: [{ reference: 'Goal/g1' }],
  activity: [
    { reference: { reference: 'ServiceRequest/sr1' } },
    { reference: { reference: 'Task/t1' } },
    { reference: { reference: 'Appointment/a1' } },
    { reference: { display: 'Eye test in June' } },
  ],
} as const

const others = [
  {
    ...{ resourceType: 'Goal', id: 'g1', lifecycleStatus: 'active', subject },
    description: { coding: [{ display: 'Walk the dog again' }] },
  },
  {
    ...{ resourceType: 'ServiceRequest', id: 'sr1', status: 'active', intent: 'order', subject },
    code: { coding: [{ display: 'Home physiotherapy' }] },
  },
  {
    ...{ resourceType: 'Task', id: 't1', status: 'requested', intent: 'plan', for: subject },
    code: { coding: [{ display: 'Order a rollator' }] },
    owner: { display: 'Equipment store' },
  },
  {
    ...{ resourceType: 'Appointment', id: 'a1', status: 'booked', start: '2026-04-01T10:00:00Z' },
    end: '2026-04-01T10:20:00Z',
    description: 'Kidney clinic',
    participant: [{ actor: subject, status: 'accepted' }],
  },
  {
    ...{ resourceType: 'CareTeam', id: 'ct1', status: 'active', subject },
    contained: [
      {
        ...{ resourceType: 'Practitioner', id: 'nurse', name: [{ text: 'Rosa Marsh' }] },
        telecom: [{ system: 'phone', value: '01632 960777' }],
      },
      {
        resourceType: 'RelatedPerson',
        id: 'sister',
        patient: subject,
        name: [{ text: 'Ada Come' }],
      },
    ],
    participant: [
      { role: [{ coding: [{ display: 'District nurse' }] }], member: { reference: '#nurse' } },
      { role: [{ text: 'Sister' }], member: { reference: '#sister' } },
      { role: [{ text: 'Dietitian' }], member: { display: 'Lee Ward' } },
    ],
  },
] as const

eachStore('Plans of other systems', (open) => {
  test('are imported as they are, and shown side by side without loss of meaning', async () => {
    const { amina } = await openForImport(open)
    const body = bundleOf('collection', [patient, inOnePiece, inPieces, ...others])
    const { answer } = await bringIn(amina, body)
    expect(reasonsOf(answer)).toEqual([])
    const includes = ['activity-reference', 'goal', 'condition', 'care-team']
      .map((name) => `_include=CarePlan:${name}`)
      .join('&')
    const found = (await (
      await amina(`/fhir/CarePlan?patient=Patient/p1&${includes}`)
    ).json()) as Bundle
    const records = (found.entry ?? []).flatMap(({ resource }) => resource ?? [])
    const plans = records.filter((each): each is CarePlan => each.resourceType === 'CarePlan')
    const facts = { records, currentId: 'one-piece', currentWords: ['Walk the dog again.'], today }
    const [current, other] = foreignPlans(plans, facts)
    expect(current).toMatchObject({
      ...{ id: 'one-piece', isCurrent: true, title: 'Kidney clinic plan', status: 'active' },
      ...{ madeBy: ['Dr Nkechi Obi', 'Sol Ray'], since: '2025-11-01' },
      notes: ['She prefers letters to calls'],
      goals: [
        { words: 'Blood pressure under 140', state: 'active', notes: ['< 140 mmHg 2026-05-01'] },
        { words: 'Walk the dog again' },
      ],
      steps: [
        {
          ...{ words: 'Low-salt diet', state: 'in progress', who: ['Sol Ray'], when: ['3 / 1 d'] },
          notes: ['Manages on weekdays'],
        },
        { words: 'Ibuprofen', state: 'do not do this, scheduled' },
      ],
      needs: [{ words: 'Kidney disease, stage 3' }, { words: 'Anaemia' }],
    })
    expect(other).toMatchObject({
      ...{ id: 'in-pieces', isCurrent: false, title: 'Outpatient care plan', status: 'on hold' },
      madeBy: ['Uma Singh'],
      goals: [{ words: 'Walk the dog again', isInCurrent: true }],
      steps: [
        { words: 'Home physiotherapy', state: 'active', isInCurrent: false },
        { words: 'Order a rollator', who: ['Equipment store'], state: 'requested' },
        { words: 'Kidney clinic', when: ['2026-04-01T10:00:00Z', '2026-04-01T10:20:00Z'] },
        { words: 'Eye test in June' },
      ],
      team: ['Rosa Marsh, District nurse', 'Ada Come, Sister', 'Lee Ward, Dietitian'],
    })
    // nothing is merged: both are stored as they came
    const stored = await (await amina('/fhir/CarePlan/one-piece')).json()
    expect(stored).toMatchObject(JSON.parse(JSON.stringify(inOnePiece)))
  })
})

test('people inside a care team are members by name, with their number, and a relative is a carer', () => {
  const records = others as unknown as readonly Resource[]
  const house = houseFromFhir({ ...houseLists(records), patient }, { today })
  expect(house.team).toMatchObject([
    {
      who: { name: 'Rosa Marsh', voice: 'professional' },
      role: 'District nurse',
      phone: '01632 960777',
    },
    { who: { name: 'Ada Come', voice: 'carer' }, role: 'Sister' },
    { who: { name: 'Lee Ward' }, role: 'Dietitian' },
  ])
  expect(new Set(house.team.map(({ who }) => who.reference)).size).toBe(3)
  const directory = { practitioners: [], roles: [], organisations: [], relatives: [] }
  const team = teamFromFhir(others[4] as unknown as CareTeam, directory, `${today}T09:00:00Z`)
  expect(team.members).toMatchObject([
    { who: { name: 'Rosa Marsh' }, role: 'District nurse', telephone: '01632 960777' },
    { who: { name: 'Ada Come' }, role: 'Sister' },
    { who: { name: 'Lee Ward' }, role: 'Dietitian' },
  ])
})

test('a goal that is only coded is shown by the words of its code', () => {
  const records = [others[0]] as unknown as readonly Goal[]
  const house = houseFromFhir({ ...houseLists(records), patient }, { today })
  expect(house.goals.map(({ words }) => words)).toEqual(['Walk the dog again'])
})
