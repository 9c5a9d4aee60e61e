import type { CareTeam, Condition, Goal, Observation, Resource, Task } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { wishCodes } from '#domain/plan/worse/wish-codes.ts'
import { agreedInVersion, madeInVersion, reviewSetInVersion } from './agreed-in-version.ts'
import { comparePlans, differenceAuthor } from './compare-plans.ts'
import { planSentences } from './plan-sentences.ts'
import type { PlanVersion } from './plan-version.ts'

const grace = { reference: 'Patient/p-1', display: 'Grace Okafor' }
const tom = { reference: 'Practitioner/tom', display: 'Tom Price' }
const written = (by: object, at: string) => ({
  url: 'https://gable.example/fhir/written',
  extension: [
    { url: 'by', valueReference: by },
    { url: 'at', valueDateTime: at },
  ],
})
const goal = (id: string, text: string, more: Partial<Goal> = {}): Goal => ({
  ...{ resourceType: 'Goal', id, lifecycleStatus: 'active', subject: grace, expressedBy: grace },
  ...{ description: { text }, meta: { versionId: '2' }, ...more },
})
const step = (status: Task['status'], what: string): Task => ({
  ...{ resourceType: 'Task', id: 't-1', intent: 'order', status, for: grace, owner: tom },
  ...{ description: what, extension: [written(tom, '2026-04-20T09:00:00Z')] },
})
const need = (unmet: boolean): Condition => ({
  ...{ resourceType: 'Condition', id: 'n-1', subject: grace, code: { text: 'Nobody at night' } },
  ...(unmet
    ? { extension: [{ url: 'https://gable.example/fhir/unmet-need', valueBoolean: true }] }
    : {}),
})
const section = (valueString: string): Observation => ({
  ...{ resourceType: 'Observation', id: 'a-1', status: 'final', subject: grace, valueString },
  code: { coding: [{ system: 'http://snomed.info/sct', code: '1515861000000103' }] },
})
const team = (...names: string[]): CareTeam => ({
  ...{ resourceType: 'CareTeam', id: 'team', status: 'active', subject: grace },
  participant: names.map((display) => ({
    member: { reference: `Practitioner/${display}`, display },
  })),
})

const compared = (then: readonly Resource[], now: readonly Resource[]) => {
  const { differences, same } = comparePlans(planSentences(then), planSentences(now))
  return {
    differences: differences.map(({ change, room, before, after, ended }) => [
      ...[change, room, before?.words ?? '', after?.words ?? '', ended ?? ''],
    ]),
    same: same.map(({ words }) => words),
  }
}

test('a comparison names what was added, changed and ended, by room, and what is the same', () => {
  const then = [goal('g-1', 'To get out'), step('requested', 'Exercises'), section('My garden')]
  const now = [
    ...[goal('g-1', 'To walk to church'), goal('g-2', 'To sleep past five')],
    ...[step('completed', 'Exercises'), section('My garden')],
  ]
  expect(compared(then, now)).toEqual({
    differences: [
      ['changed', 'conversation', 'To get out', 'To walk to church', ''],
      ['added', 'conversation', '', 'To sleep past five', ''],
      ['ended', 'conversation', 'Exercises, Tom Price', 'Exercises, Tom Price', 'done'],
    ],
    same: ['My garden'],
  })
})

test('what was deleted has ended, and what had ended before is not listed', () => {
  const gone = goal('g-3', 'To drive', { lifecycleStatus: 'cancelled' })
  expect(compared([goal('g-1', 'To get out'), gone], [gone])).toEqual({
    differences: [['ended', 'conversation', 'To get out', '', 'removed']],
    same: [],
  })
  expect(compared([gone], [{ ...gone, lifecycleStatus: 'active' }]).differences).toEqual([
    ['added', 'conversation', '', 'To drive', ''],
  ])
})

test('a need that nobody can meet any more has changed its room, and members of the team come and go', () => {
  const { differences } = compared([need(false), team('Tom')], [need(true), team('Karen')])
  expect(differences).toEqual([
    ['added', 'team', '', 'Karen', ''],
    ['ended', 'team', 'Tom', '', 'removed'],
    ['changed', 'support', 'Nobody at night', 'Nobody at night', ''],
  ])
})

test('a change is by who said the newer words, or by who ended it', () => {
  const [first] = comparePlans(
    planSentences([goal('g-1', 'To get out')]),
    planSentences([goal('g-1', 'To walk', { expressedBy: tom })]),
  ).differences
  expect(first && differenceAuthor(first)?.name).toBe('Tom Price')
  const [ended] = comparePlans(
    planSentences([step('requested', 'Exercises')]),
    planSentences([step('completed', 'Exercises')]),
  ).differences
  expect(ended && differenceAuthor(ended)?.name).toBe('Tom Price')
})

const version = (number: number, more: Partial<PlanVersion> = {}): PlanVersion => ({
  ...{ number, at: `2026-0${number}-01T09:00:00.000Z`, changes: [], answers: [] },
  ...more,
})
const yes = (yes: boolean, counts = true) => ({
  answers: [
    {
      ...{ by: { reference: 'Patient/p-1', name: '' }, yes, counts, inPart: false, words: '' },
      at: '2026-09-01T09:00:00Z',
    },
  ],
})
const change = (record: string) => ({
  changes: [{ kind: 'write-goal' as const, room: 'conversation' as const, records: [record] }],
})

test('a sentence came with the version that last changed its record, as far as it is shown', () => {
  const versions = [
    ...[version(4, change('Goal/g-1/_history/3')), version(3, change('Goal/g-2/_history/1'))],
    ...[version(2, change('Goal/g-1/_history/2')), version(1)],
  ]
  expect(madeInVersion(versions, { target: 'Goal/g-1/_history/3' })).toBe(4)
  expect(madeInVersion(versions, { target: 'Goal/g-1/_history/2' })).toBe(2)
  expect(
    madeInVersion(versions, { target: 'Goal/g-9/_history/1', at: '2026-02-15T09:00:00Z' }),
  ).toBe(3)
  expect(madeInVersion(versions, { target: 'Goal/g-9/_history/1' })).toBeUndefined()
})

test('the day of the next review came with the version that tells of it, whoever wrote in the plan after', () => {
  const set = (kind: PlanVersion['changes'][number]['kind']) => ({
    changes: [{ kind, room: 'roof' as const, records: [] }],
  })
  const versions = [
    version(4, change('Goal/g-1/_history/3')),
    version(3, set('hold-review')),
    version(1, set('start-plan')),
  ]
  const shown = (number: number) => ({ target: `CarePlan/plan-1/_history/${number}` })
  expect([4, 2, 0].map((number) => reviewSetInVersion(versions, shown(number)))).toEqual([
    ...[3, 1, undefined],
  ])
})

test('a sentence is agreed in the first version from its own that the person said yes to', () => {
  const versions = [
    version(4, yes(true)),
    version(3, yes(false)),
    version(2),
    version(1, yes(true)),
  ]
  expect(agreedInVersion(versions, 2)?.number).toBe(4)
  expect(agreedInVersion(versions, 1)?.number).toBe(1)
  expect(agreedInVersion([version(3, yes(true, false))], 2)).toBeUndefined()
})

test('a strength is no need, and a wish for later is no section of About me', () => {
  const category = [{ coding: [{ system: 'http://snomed.info/sct', code: '1127601000000107' }] }]
  const strength: Condition = { ...need(false), category }
  const wish: Observation = {
    ...section('To stay at home'),
    code: { coding: [{ system: 'https://gable.example/codes', code: wishCodes.matters }] },
  }
  expect(planSentences([strength, wish]).map(({ room, kind }) => [room, kind])).toEqual([
    ['conversation', 'strength'],
    ['roof', 'wish'],
  ])
})
