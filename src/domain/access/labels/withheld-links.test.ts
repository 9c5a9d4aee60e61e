import type { CarePlan, Encounter } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { exactJson, readExactly } from '#domain/decimal/digits.ts'
import { linksOf, withLinksOf, withoutLinks } from './withheld-links.ts'

const to = (reference: string) => ({ reference })
const plan: CarePlan = {
  ...{ resourceType: 'CarePlan', status: 'active', intent: 'plan', subject: to('Patient/p') },
  author: to('Practitioner/a'),
  encounter: to('Encounter/e'),
  addresses: [to('Condition/c')],
  goal: [to('Goal/g'), to('Goal/h/_history/2')],
  note: [{ text: 'x', authorReference: to('RelatedPerson/r') }],
  activity: [
    { reference: to('Task/t') },
    { detail: { status: 'completed', goal: [to('Goal/h'), to('Goal/g')] } },
    { reference: to('https://elsewhere.example/fhir/Task/u') },
  ],
  extension: [{ url: 'x', valueReference: to('Goal/h') }],
  partOf: [{ display: 'No link' }, to('#inside')],
}
const hidden = new Set(['Goal/h', 'Condition/c', 'Encounter/e', 'Task/u'])

test('links are all references of a record except to people and to records about nobody', () => {
  expect([...linksOf(plan)].toSorted()).toEqual(
    ['Condition/c', 'Encounter/e', 'Goal/g', 'Goal/h', 'Task/t', 'Task/u'].toSorted(),
  )
})

const shown = {
  ...{ resourceType: 'CarePlan', status: 'active', intent: 'plan', subject: to('Patient/p') },
  author: to('Practitioner/a'),
  goal: [to('Goal/g')],
  note: plan.note,
  activity: [
    { reference: to('Task/t') },
    { detail: { status: 'completed', goal: [to('Goal/g')] } },
  ],
  partOf: plan.partOf,
} as CarePlan

test('a hidden link is removed with its entry and leaves no empty list', () => {
  expect(withoutLinks(plan, hidden)).toEqual(shown)
  expect(withoutLinks(plan, new Set())).toBe(plan)
  expect(withoutLinks({ ...plan, goal: [] }, hidden).goal).toEqual([])
})

const written = (after: CarePlan) => withLinksOf(after, plan, hidden)

test('hidden links stay in the record when the shown part is written back', () => {
  expect(written({ ...shown, title: 'Walks' })).toEqual({
    ...{ ...plan, title: 'Walks' },
    activity: [
      { reference: to('Task/t') },
      { detail: { status: 'completed', goal: [to('Goal/g'), to('Goal/h')] } },
      { reference: to('https://elsewhere.example/fhir/Task/u') },
    ],
  })
  expect(withLinksOf(shown, plan, new Set())).toBe(shown)
})

test('shown links may be removed and new ones added', () => {
  const { goal: _goal, addresses: _addresses, ...rest } = shown
  expect(written({ ...rest, goal: [] } as CarePlan).goal).toEqual([to('Goal/h/_history/2')])
  expect(written({ ...shown, goal: [to('Goal/g'), to('Goal/new')] }).goal).toEqual([
    ...[to('Goal/g'), to('Goal/new'), to('Goal/h/_history/2')],
  ])
  const longer = { ...shown, activity: [...(shown.activity ?? []), { reference: to('Task/v') }] }
  expect(written(longer).activity?.map(({ reference }) => reference?.reference)).toEqual([
    ...['Task/t', undefined, 'Task/v', 'https://elsewhere.example/fhir/Task/u'],
  ])
})

test('a hidden link that the writer knew and sent is stored once', () => {
  expect(written({ ...shown, goal: [to('Goal/h')] }).goal).toEqual([to('Goal/h')])
  expect(written({ ...shown, encounter: to('Encounter/other') }).encounter).toEqual(
    to('Encounter/other'),
  )
})

test('a list of only hidden links is kept whole, a list that was shown may be removed', () => {
  const stay = {
    ...{ resourceType: 'Encounter', status: 'finished', class: { code: 'IMP' } },
    diagnosis: [{ condition: to('Condition/c'), rank: 1 }],
    reasonReference: [to('Condition/seen')],
  } as Encounter
  const { diagnosis: _diagnosis, reasonReference: _reason, ...bare } = stay
  expect(withLinksOf(bare as Encounter, stay, hidden)).toEqual({
    ...bare,
    diagnosis: stay.diagnosis,
  })
})

test('a hidden link of a list stays when the writer removes the whole list', () => {
  const { goal: _goal, ...rest } = shown
  expect(written(rest as CarePlan).goal).toEqual([to('Goal/h/_history/2')])
})

test.each([
  ['another entry is added before it', (some: unknown[]) => [{ reference: to('Task/v') }, ...some]],
  ['another entry is added after it', (some: unknown[]) => [...some, { reference: to('Task/v') }]],
  ['the entries change places', (some: unknown[]) => some.toReversed()],
  ['one entry is removed', (some: unknown[]) => some.slice(1)],
  [
    'the entry is changed and moved',
    (some: unknown[]) => [{ ...(some[1] as object), progress: [{ text: 'Well' }] }, some[0]],
  ],
  [
    'the entry is changed and another is added before it',
    (some: unknown[]) => [
      { reference: to('Task/v') },
      some[0],
      { ...(some[1] as object), progress: [{ text: 'Well' }] },
    ],
  ],
])('a hidden link within an entry of a list stays in it: %s', (_, change) => {
  const activity = change([...(shown.activity ?? [])]) as CarePlan['activity'] & object
  const goals = written({ ...shown, activity }).activity?.flatMap(
    ({ detail }) => detail?.goal ?? [],
  )
  expect(goals).toEqual([to('Goal/g'), to('Goal/h')])
})

test('numbers keep the digits they were sent with', () => {
  const dose = (text: string) =>
    readExactly(
      `{"resourceType":"CarePlan","goal":[{"reference":"Goal/h"}],"activity":[{"detail":{"quantity":{"value":${text}}}}]}`,
    ) as CarePlan
  const seen = withoutLinks(dose('1.50'), hidden)
  expect(exactJson(seen)).toBe(
    '{"resourceType":"CarePlan","activity":[{"detail":{"quantity":{"value":1.50}}}]}',
  )
  const kept = exactJson(withLinksOf(seen, dose('1.50'), hidden))
  expect([kept.includes('1.50'), kept.includes('Goal/h')]).toEqual([true, true])
})
