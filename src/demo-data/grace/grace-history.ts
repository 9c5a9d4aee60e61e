import type { CarePlan, Goal, Resource, Task } from '@medplum/fhirtypes'
import { graceId } from '#demo-data/identities.ts'
import type { SeedRecord } from '#demo-data/seed-record.ts'
import { at } from '#demo-data/vocabulary/codes.ts'
import type { NotAgreed } from '#domain/agreement/agreement.ts'
import { addDays } from '#domain/calendar/days.ts'
import { graceRecords } from './grace.ts'

/** What one author wrote at one moment; with the plan it is a new version of it. */
export type WrittenStep = Readonly<{
  /** instant */
  at: string
  /** the demonstration identity that wrote it */
  by: string
  records: readonly SeedRecord[]
  /** what it told about the plan itself */
  told?: 'start-plan' | 'hold-review'
}>

/** What Grace said to the version that stood then. */
export type AnsweredStep = Readonly<{
  at: string
  id: string
  yes: boolean
  words: string
  notAgreed?: readonly NotAgreed[]
}>

const plan = 'CarePlan/plan-case-3f9c27d1'
const whatIf = 'CarePlan/whatif-case-3f9c27d1'
const wishes = ['matters', 'avoid', 'place', 'decides'].map(
  (each) => `Observation/wishes-${each}-g`,
)
const about = ['most-important', 'people-important', 'communicate', 'wellness', 'please-do'].map(
  (each) => `Observation/about-${graceId}-${each}`,
)

/**
 * How Grace’s plan came to say what it says: five versions in two months, by different authors, and her answers. The
 * last state of each record is that of `graceRecords`.
 */
export function graceHistory(asOf: string): readonly (WrittenStep | AnsweredStep)[] {
  const day = (count: number) => addDays(asOf, count)
  const all = new Map(
    [...graceRecords(asOf)].map((each) => [`${each.resourceType}/${each.id}`, each]),
  )
  const last = <R extends Resource = Resource>(name: string) => all.get(name) as R & { id: string }
  const finally_ = (...names: readonly string[]) => names.map((name) => last(name) as SeedRecord)
  const tasks = (...places: readonly number[]) => places.map((place) => `Task/act-g${place}`)
  const needs = (...places: readonly number[]) => places.map((place) => `Condition/need-g${place}`)
  const task = (place: number, was: Partial<Task>): SeedRecord => ({
    ...last<Task>(`Task/act-g${place}`),
    ...was,
  })
  const church = (was: Partial<Goal>): SeedRecord => ({ ...last<Goal>('Goal/goal-g1'), ...was })
  const { target: _target, extension: _levels, ...plainChurch } = last<Goal>('Goal/goal-g1')
  const asWeWrote = { description: { text: 'I want to go to church again.' } }
  const daily = { description: 'Walk to the gate and back together, every day' }
  const shoes = task(6, { status: 'accepted' })
  const { executionPeriod: _done, ...shoesToDo } = shoes as Task & { id: string }
  const planOf = (parts: readonly string[], reviewOn: string) =>
    withParts(last<CarePlan>(plan), parts, reviewOn)
  const first = [...needs(1, 2, 5), 'Goal/goal-g1', 'Goal/goal-g2', 'Task/act-g6']
  const second = [...first, ...tasks(1, 3)]
  const third = [...second, ...tasks(5)]
  return [
    {
      ...{ at: at(day(-60), '09:00'), by: 'amina' },
      records: finally_(
        `Patient/${graceId}`,
        'RelatedPerson/r-8b51e604',
        'EpisodeOfCare/case-3f9c27d1',
        'CareTeam/team-case-3f9c27d1',
      ),
    },
    {
      ...{ at: at(day(-45), '10:30'), by: 'amina', told: 'start-plan' },
      records: [
        ...finally_(...needs(1, 2, 5), 'Goal/goal-g2', ...wishes),
        { ...plainChurch, ...asWeWrote },
        shoesToDo,
        planOf(first, day(-25)),
      ],
    },
    {
      ...{ at: at(day(-45), '11:40'), id: 'agreement-g1', yes: true },
      words: 'Yes. I want to be at church again.',
    },
    {
      ...{ at: at(day(-40), '13:00'), by: 'karen' },
      records: finally_(...[0, 1, 2].map((place) => `ServiceRequest/service-g${place}`)),
    },
    {
      ...{ at: at(day(-38), '09:20'), by: 'tom' },
      records: [
        church(asWeWrote),
        ...finally_(...tasks(1)),
        task(3, daily),
        planOf(second, day(-25)),
      ],
    },
    {
      ...{ at: at(day(-37), '17:45'), id: 'agreement-g2', yes: false, words: '' },
      notAgreed: [{ record: 'Task/act-g3', words: 'Every day is too much. Twice a week.' }],
    },
    {
      ...{ at: at(day(-30), '19:30'), by: 'chidi' },
      records: [...finally_(...tasks(5)), planOf(third, day(-25))],
    },
    {
      ...{ at: at(day(-25), '11:15'), by: 'amina', told: 'hold-review' },
      records: finally_(...needs(3, 4), 'Goal/goal-g3', ...tasks(2, 3, 4), whatIf, plan),
    },
    {
      ...{ at: at(day(-24), '10:05'), id: 'agreement-g4', yes: false },
      words: 'Write it the way I say it. I walk there, on a Sunday.',
    },
    {
      ...{ at: at(day(-19), '10:40'), by: 'grace' },
      records: finally_('Goal/goal-g1', ...about, plan),
    },
    {
      ...{ at: at(day(-19), '11:30'), id: 'agreement-case-3f9c27d1-person', yes: true },
      words: 'Yes, this is what I said.',
    },
    { ...{ at: at(day(-13), '18:00'), by: 'grace' }, records: finally_('Task/act-g6') },
  ]
}

/** The plan when it named only these, with the review that was planned then. */
function withParts(
  carePlan: CarePlan & { id: string },
  parts: readonly string[],
  reviewOn: string,
): SeedRecord {
  const isIn = ({ reference = '' }: { reference?: string }) => parts.includes(reference)
  const { addresses = [], goal = [], activity = [], extension = [], ...rest } = carePlan
  return {
    ...rest,
    addresses: addresses.filter(isIn),
    goal: goal.filter(isIn),
    activity: activity.filter(({ reference }) => reference && isIn(reference)),
    extension: extension.map((each) => (each.valueDate ? { ...each, valueDate: reviewOn } : each)),
  }
}
