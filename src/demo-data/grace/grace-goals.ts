import type { Communication, Extension, Goal, Observation } from '@medplum/fhirtypes'
import type { SeedRecord } from '#demo-data/seed-record.ts'
import {
  at,
  concept,
  gableCodes,
  gableFhir,
  type Pointer,
  to,
} from '#demo-data/vocabulary/codes.ts'
import { amina, chidi, grace, tom } from './grace-people.ts'

type Day = (count: number) => string

const levels = [
  'I stay in my chair',
  'To the gate, with Tom',
  'To the corner and back',
  'To St Anne’s, with someone',
  'To St Anne’s, no rests',
]

const church = to('Goal', 'goal-g1')
const helper = (name: string, who: Pointer): Extension => ({
  ...{ url: `${gableFhir}/${name}`, valueReference: who },
})

/** The first goal with its five levels, its target and who helps. */
export function withLevels(goal: Goal & { id: string }, day: Day): Goal & { id: string } {
  return {
    ...goal,
    target: [
      {
        measure: { text: 'How far she walks without a rest' },
        detailQuantity: { value: 400, unit: 'm', system: 'http://unitsofmeasure.org', code: 'm' },
        dueDate: day(60),
      },
    ],
    extension: [
      helper('goal-helper', tom),
      helper('goal-helper', chidi),
      {
        url: `${gableFhir}/attainment-scale`,
        extension: [
          { url: 'number', valueInteger: 1 },
          ...levels.map((words, place) => ({
            url: 'level',
            extension: [
              { url: 'score', valueInteger: place - 2 },
              { url: 'words', valueString: words },
            ],
          })),
        ],
      },
    ],
  }
}

type Said = Readonly<{ id: string; code: string; by: Pointer; on: string }>

function observed(
  { id, code, by, on }: Said,
  more: Partial<Observation>,
): Observation & { id: string } {
  return {
    ...{ resourceType: 'Observation', id, status: 'final', code: concept(gableCodes, code, code) },
    ...{ subject: grace, performer: [by], effectiveDateTime: at(on) },
    ...more,
  }
}

function scored(said: Omit<Said, 'code'>, round: number, level: number) {
  return observed(
    { ...said, code: 'goal-attainment-score' },
    {
      focus: [church],
      valueInteger: level,
      extension: [
        { url: `${gableFhir}/round`, valueInteger: round },
        { url: `${gableFhir}/attainment-scale-number`, valueInteger: 1 },
        { url: `${gableFhir}/level-words`, valueString: levels[level + 2] ?? '' },
      ],
    },
  )
}

const rated = (said: Said, value: number) =>
  observed(said, { focus: [church], valueInteger: value })

const round1 = [{ url: `${gableFhir}/round`, valueInteger: 1 }]

const reason = (
  id: string,
  by: Pointer,
  on: string,
  words: string,
): Communication & { id: string } => ({
  resourceType: 'Communication',
  id,
  status: 'completed',
  category: [concept(gableCodes, 'goal-reason', 'Why it matters')],
  subject: grace,
  about: [church],
  sender: by,
  sent: at(on),
  payload: [{ contentString: words }],
})

/** What Grace, Chidi and the team say about the goals: two rounds of scores, ratings, and what comes first. */
export function* graceGoalAnswers(day: Day): Generator<SeedRecord> {
  yield reason(
    'reason-g3',
    grace,
    day(-19),
    'I have gone every Sunday for forty years. When I miss it the week has no shape.',
  )
  yield reason('reason-g1', chidi, day(-16), 'She is herself again when she has been.')
  yield reason(
    'reason-g2',
    tom,
    day(-11),
    'Her breath settles within two minutes of resting. A seat halfway makes this safe.',
  )
  yield rated({ id: 'rating-g1', code: 'goal-importance', by: grace, on: day(-45) }, 9)
  yield rated({ id: 'rating-g2', code: 'goal-confidence', by: grace, on: day(-45) }, 3)
  yield rated({ id: 'rating-g3', code: 'goal-confidence', by: grace, on: day(-3) }, 5)
  yield scored({ id: 'score-g1', by: grace, on: day(-38) }, 1, -1)
  yield scored({ id: 'score-g2', by: chidi, on: day(-38) }, 1, -2)
  yield scored({ id: 'score-g3', by: tom, on: day(-37) }, 1, -1)
  yield scored({ id: 'score-g4', by: grace, on: day(-3) }, 2, 0)
  yield scored({ id: 'score-g5', by: chidi, on: day(-2) }, 2, -1)
  yield scored({ id: 'score-g6', by: tom, on: day(-1) }, 2, 1)
  const first = { code: 'top-goal' }
  const brook = to('Organization', 'brook-surgery', 'Brook Surgery')
  yield observed(
    { ...first, id: 'top-g1', by: grace, on: day(-2) },
    { focus: [church], extension: round1 },
  )
  yield observed(
    { ...first, id: 'top-g2', by: amina, on: day(-3) },
    { focus: [church], extension: [...round1, helper('for-organisation', brook)] },
  )
  yield observed(
    { ...first, id: 'top-g3', by: chidi, on: day(-2) },
    { valueString: 'No more falls at night', extension: round1 },
  )
}
