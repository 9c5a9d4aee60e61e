import type { CarePlan, Goal, Task } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { canonical, mergeJson, saysTheSame } from './merge-json.ts'

const deed = (kind: string, at: string) => ({
  url: 'https://gable.example/fhir/task-deed',
  extension: [
    { url: 'kind', valueCode: kind },
    { url: 'at', valueDateTime: at },
  ],
})
const level = (code: string, sign: string) => ({
  url: 'https://gable.example/fhir/what-if',
  extension: [
    { url: 'level', valueCode: code },
    { url: 'sign', valueString: sign },
  ],
})
const written = (name: string) => ({
  url: 'https://gable.example/fhir/written',
  extension: [{ url: 'by', valueReference: { display: name } }],
})
const goal: Goal = {
  ...{
    resourceType: 'Goal',
    id: 'g',
    lifecycleStatus: 'active',
    subject: { reference: 'Patient/p' },
  },
  description: { text: 'walk to church on Sundays' },
}
const task: Task = { resourceType: 'Task', id: 't', status: 'accepted', intent: 'order' }
const plan: CarePlan = {
  ...{ resourceType: 'CarePlan', id: 'c', status: 'active', intent: 'plan' },
  subject: { reference: 'Patient/p' },
  goal: [{ reference: 'Goal/1' }, { reference: 'Goal/2' }],
}

test.each([
  [
    'different fields merge automatically',
    {
      base: goal,
      mine: { ...goal, startDate: '2026-01-01' },
      theirs: { ...goal, lifecycleStatus: 'completed' },
    },
    { startDate: '2026-01-01', lifecycleStatus: 'completed' },
  ],
  [
    'different words of a text merge',
    {
      base: goal,
      mine: { ...goal, description: { text: 'ride to church on Sundays' } },
      theirs: { ...goal, description: { text: 'walk to church on Mondays' } },
    },
    { description: { text: 'ride to church on Mondays' } },
  ],
  [
    'a plan keeps what either side adds and loses what either removes',
    {
      base: plan,
      mine: { ...plan, goal: [{ reference: 'Goal/2' }, { reference: 'Goal/3' }] },
      theirs: {
        ...plan,
        goal: [{ reference: 'Goal/1' }, { reference: 'Goal/2' }, { reference: 'Goal/4' }],
      },
    },
    { goal: [{ reference: 'Goal/2' }, { reference: 'Goal/4' }, { reference: 'Goal/3' }] },
  ],
  [
    'task events of two people are both kept',
    {
      base: { ...task, extension: [deed('take', '1')] },
      mine: { ...task, extension: [deed('take', '1'), deed('start', '3')] },
      theirs: { ...task, extension: [deed('take', '1'), deed('hand-on', '2')] },
    },
    { extension: [deed('take', '1'), deed('hand-on', '2'), deed('start', '3')] },
  ],
  [
    'changes to different colours of the what-if plan are both kept',
    {
      base: { ...plan, extension: [level('green', 'well'), level('red', 'pain')] },
      mine: { ...plan, extension: [level('green', 'sings'), level('red', 'pain')] },
      theirs: { ...plan, extension: [level('green', 'well'), level('red', 'falls')] },
    },
    { extension: [level('green', 'sings'), level('red', 'falls')] },
  ],
  [
    'two marks of who wrote last are no conflict',
    {
      base: { ...goal, extension: [written('Grace')] },
      mine: { ...goal, extension: [written('Amina')] },
      theirs: { ...goal, extension: [written('Karen')] },
    },
    { extension: [written('Amina')] },
  ],
])('merging: %s', (_title, sides, expected) => {
  const { merged, twice } = mergeJson(sides as Parameters<typeof mergeJson>[0])
  expect(twice).toEqual([])
  expect(merged).toMatchObject(expected)
})

test.each([
  ['the same word', 'walk to Mass on Sundays', 'walk to temple on Sundays', 'description.text'],
])('%s changed in two ways is for a person to choose', (_title, mine, theirs, path) => {
  const say = (text: string) => ({ ...goal, description: { text } })
  const sides = { base: goal, mine: say(mine), theirs: say(theirs) }
  const { merged, twice } = mergeJson<Goal>(sides)
  expect(twice).toEqual([{ path, base: goal.description.text, mine, theirs }])
  expect(merged.description.text).toBe(mine)
  expect(mergeJson<Goal>(sides, (place) => place.theirs).merged).toEqual(say(theirs))
})

test('a status that two people changed is asked about, with its owner as a whole', () => {
  const mine: Task = { ...task, status: 'completed', owner: { reference: 'a', display: 'A' } }
  const theirs: Task = { ...task, status: 'rejected', owner: { reference: 'b', display: 'B' } }
  const { twice } = mergeJson<Task>({ base: task, mine, theirs })
  expect(twice.map((each) => each.path)).toEqual(['status', 'owner'])
})

test('an entry that one side removed and the other changed is asked about', () => {
  const noted: Task = { ...task, note: [{ text: 'Ring first' }] }
  const theirs: Task = { ...task, note: [{ text: 'Ring first, then go' }] }
  expect(mergeJson<Task>({ base: noted, mine: task, theirs }).twice).toHaveLength(1)
})

test('the order of fields and the meta of the server make no difference', () => {
  expect(canonical({ a: 1, b: [{ d: 2, c: 3 }] })).toBe(canonical({ b: [{ c: 3, d: 2 }], a: 1 }))
  const at = (versionId: string) => ({ ...goal, meta: { versionId } })
  expect(saysTheSame(at('1'), at('2'))).toBe(true)
  expect(saysTheSame(at('1'), { ...at('1'), lifecycleStatus: 'completed' })).toBe(false)
})
