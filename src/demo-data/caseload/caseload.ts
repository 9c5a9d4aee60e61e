import type { Encounter, Observation } from '@medplum/fhirtypes'
import type { Life } from '#demo-data/life.ts'
import { contactOf } from '#demo-data/person-records.ts'
import type { Random } from '#demo-data/random.ts'
import type { SeedRecord } from '#demo-data/seed-record.ts'
import { at, loinc, to, ucum } from '#demo-data/vocabulary/codes.ts'
import { goalIdeas } from '#demo-data/vocabulary/goal-ideas.ts'
import { addDays } from '#domain/calendar/days.ts'
import { crisisPlace, crisisRecords } from './crisis.ts'
import {
  aboutMeOf,
  actionOf,
  agreementOf,
  caseOf,
  goalOf,
  needOf,
  type PlanSeed,
  planOf,
  teamOf,
} from './plan-records.ts'
import { weightAlert } from './reading-alert.ts'

type Facts = Readonly<{ id: string; asOf: string; place: number; random: Random }>

/** What is going on with each place on the demonstration caseload; the rest is steady. */
const situations = [
  'home',
  'home',
  'reading',
  'reading',
  'late',
  'late',
  'review',
  'review',
  'silent',
  'ward',
  'paused',
  'paused',
  'paused',
  'no-plan',
  'draft',
  'waiting',
  'waiting',
] as const
type Situation = (typeof situations)[number] | 'steady'

const amina = to('Practitioner', 'amina-yusuf', 'Amina Yusuf')
const patel = to('Practitioner', 'anil-patel', 'Dr Anil Patel')
const karen = to('Practitioner', 'karen-lee', 'Karen Lee')
const tom = to('Practitioner', 'tom-price', 'Tom Price')

/** The case, team and plan of one person on Amina's caseload. */
export function* caseRecords(life: Life, facts: Facts): Generator<SeedRecord> {
  const situation: Situation = situations[facts.place] ?? 'steady'
  const personName = `${life.name.given} ${life.name.family}`
  const seed = { ...seedOf(situation, facts), personName }
  yield caseOf(seed)
  yield teamOf(seed, [
    { role: 'Coordinator', member: amina },
    { role: 'GP', member: patel },
    ...(facts.place % 3 === 0 ? [{ role: 'Social worker', member: karen }] : []),
    ...(facts.place % 4 === 0 ? [{ role: 'Physiotherapist', member: tom }] : []),
    {
      role: 'The person',
      member: to('Patient', facts.id, personName),
    },
  ])
  if (situation !== 'silent')
    yield contactOf(
      facts.id,
      `${facts.id}-lately`,
      addDays(facts.asOf, -facts.random.between(2, 40)),
    )
  if (situation !== 'silent')
    for (const [index, stay] of life.stays.entries()) {
      const home = addDays(stay.start, stay.days)
      yield contactOf(facts.id, `${facts.id}-after${index}`, addDays(home, 1))
    }
  yield* happenings(situation, facts)
  if (situation !== 'no-plan') yield* planRecords(situation, seed, facts)
  if (facts.place === crisisPlace) yield* crisisRecords(seed, facts.asOf)
}

function seedOf(situation: Situation, facts: Facts): Omit<PlanSeed, 'personName'> {
  const startedOn = addDays(facts.asOf, -facts.random.between(90, 300))
  return {
    person: facts.id,
    caseId: `case-${facts.id}`,
    startedOn,
    writtenOn: addDays(startedOn, 10),
    reviewOn: addDays(
      facts.asOf,
      situation === 'review' ? -facts.place + 6 : facts.random.between(12, 85),
    ),
    status: situation === 'paused' ? 'onhold' : 'active',
  }
}

function* planRecords(situation: Situation, seed: PlanSeed, facts: Facts): Generator<SeedRecord> {
  const idea = goalIdeas[facts.place % goalIdeas.length]
  if (!idea) return
  const need = needOf(seed, `need-${facts.id}`, idea.need)
  const goal = goalOf(seed, `goal-${facts.id}`, idea.goal, need)
  const doer = facts.place % 3 === 0 ? karen : amina
  const late = situation === 'late'
  const step = actionOf(seed, `act-${facts.id}`, {
    text: idea.step,
    owner: doer,
    by: addDays(facts.asOf, late ? -3 - facts.place : 9 + (facts.place % 20)),
    goal,
  })
  const done = actionOf(seed, `act2-${facts.id}`, {
    text: idea.done,
    owner: to('Patient', facts.id, seed.personName),
    by: addDays(facts.asOf, -20),
    goal,
    status: 'completed',
    doneOn: addDays(facts.asOf, -22),
  })
  const parts =
    situation === 'draft'
      ? { needs: [need], goals: [], actions: [] }
      : { needs: [need], goals: [goal], actions: [step, done] }
  yield aboutMeOf(seed, 'most-important', idea.matters, seed.writtenOn)
  yield need
  if (situation !== 'draft') yield* [goal, step, done]
  const limits = situation === 'reading' ? [weightLimit] : []
  yield planOf(seed, { ...parts, limits })
  if (situation !== 'draft' && situation !== 'waiting') {
    yield agreementOf(
      seed,
      to('Patient', facts.id),
      addDays(seed.writtenOn, 2),
      'Yes, that is what I said.',
    )
  }
}

const weightLimit = {
  url: 'https://gable.example/fhir/reading-limit',
  extension: [
    { url: 'code', valueCode: '29463-7' },
    { url: 'riseOver', valueDecimal: 2 },
    { url: 'riseDays', valueInteger: 3 },
  ],
}

function* happenings(situation: Situation, facts: Facts): Generator<SeedRecord> {
  if (situation === 'home') yield stayOf(facts, { from: -6, to: -1 })
  if (situation === 'ward') yield stayOf(facts, { from: -2 })
  if (situation !== 'reading') return
  const weights = [82.2, 82.4, 82.1, 82.5, 82.8, 83.6, 84.9]
  for (const [index, value] of weights.entries())
    yield weightOf(facts, index - weights.length + 1, value + facts.place)
  yield weightAlert({ person: facts.id, plan: `plan-case-${facts.id}`, asOf: facts.asOf })
}

function stayOf(facts: Facts, days: { from: number; to?: number }): Encounter & { id: string } {
  const end = days.to === undefined ? {} : { end: at(addDays(facts.asOf, days.to), '14:15') }
  return {
    resourceType: 'Encounter',
    id: `${facts.id}-now`,
    status: days.to === undefined ? 'in-progress' : 'finished',
    class: {
      system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
      code: 'IMP',
      display: 'inpatient encounter',
    },
    priority: {
      coding: [{ system: 'https://gable.example/codes', code: 'emergency' }],
      text: 'Emergency',
    },
    subject: to('Patient', facts.id),
    period: { start: at(addDays(facts.asOf, days.from), '17:40'), ...end },
    reasonCode: [{ text: facts.place % 2 ? 'Fall' : 'Chest infection' }],
    serviceProvider: to('Organization', 'st-annes-hospital', 'St Anne’s Hospital'),
  }
}

function weightOf(facts: Facts, day: number, value: number): Observation & { id: string } {
  return {
    resourceType: 'Observation',
    id: `${facts.id}-w${-day}`,
    status: 'final',
    category: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/observation-category',
            code: 'vital-signs',
          },
        ],
      },
    ],
    code: { coding: [{ system: loinc, code: '29463-7', display: 'Body weight' }], text: 'Weight' },
    subject: to('Patient', facts.id),
    effectiveDateTime: at(addDays(facts.asOf, day), '07:30'),
    performer: [to('Patient', facts.id)],
    valueQuantity: { value: Math.round(value * 10) / 10, unit: 'kg', system: ucum, code: 'kg' },
  }
}
