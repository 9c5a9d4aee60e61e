import type { Communication, Goal } from '@medplum/fhirtypes'
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
} from '#demo-data/caseload/plan-records.ts'
import { graceId } from '#demo-data/identities.ts'
import type { SeedRecord } from '#demo-data/seed-record.ts'
import { at, concept, gableCodes, gableFhir, to } from '#demo-data/vocabulary/codes.ts'
import { addDays } from '#domain/calendar/days.ts'
import { graceConversations } from './grace-conversations.ts'
import { graceEasyRead } from './grace-easy-read.ts'
import { graceGoalAnswers, withLevels } from './grace-goals.ts'
import { graceOffers } from './grace-offers.ts'
import { amina, chidi, grace, karen, tom } from './grace-people.ts'
import { graceCarer, graceClinicalRecord, gracePerson } from './grace-record.ts'
import { graceSuggestion } from './grace-suggestions.ts'
import { graceConsent, graceServices, graceWhatIf, graceWishes } from './grace-support.ts'

/**
 * The full story of Grace Okafor: heart failure, a church on Sundays, a son who cares for her, and a plan that she
 * agreed. `versionOf`: the current version of a record (`Goal/1`) where the plan has a history.
 */
export function* graceRecords(
  asOf: string,
  versionOf: (name: string) => number = () => 1,
): Generator<SeedRecord> {
  const day = (count: number) => addDays(asOf, count)
  const seed: PlanSeed = {
    person: graceId,
    personName: 'Grace Okafor',
    caseId: 'case-3f9c27d1',
    startedOn: day(-60),
    writtenOn: day(-45),
    reviewOn: day(10),
  }
  yield gracePerson
  yield graceCarer
  yield* graceClinicalRecord(day)
  yield caseOf(seed)
  yield teamOfGrace(seed)
  yield* aboutGrace(seed, day)
  const plan = [...planOfGrace(seed, day)]
  yield* plan
  const goal = plan.find(({ id }) => id === 'goal-g1') as Goal
  yield graceSuggestion(goal.description.text ?? '', day(-1), versionOf('Goal/goal-g1'))
  yield graceConsent(day)
  yield* graceConversations(seed, day)
  const told = [teamOfGrace(seed), ...plan]
  yield* graceEasyRead(told, gracePerson, { day, versionOf })
}

const teamOfGrace = (seed: PlanSeed) =>
  teamOf(seed, [
    { role: 'Coordinator', member: amina },
    { role: 'GP', member: to('Practitioner', 'anil-patel', 'Dr Anil Patel') },
    { role: 'Pharmacist', member: to('Practitioner', 'ming-zhao', 'Ming Zhao') },
    { role: 'Physiotherapist', member: tom },
    { role: 'Social worker', member: karen },
    { role: 'Son and carer', member: chidi },
    { role: 'The person', member: grace },
  ])

function* aboutGrace(seed: PlanSeed, day: (count: number) => string): Generator<SeedRecord> {
  yield aboutMeOf(
    seed,
    'most-important',
    'Being at home. My church. Hearing my sister’s voice. Not being a worry to Chidi.',
    day(-19),
  )
  yield aboutMeOf(
    seed,
    'people-important',
    'Chidi, my son, who comes every evening. My sister Ada in Enugu. Father Michael.',
    day(-19),
    'Chidi Okafor',
  )
  yield aboutMeOf(
    seed,
    'communicate',
    'Sit on my left side and do not hurry. Large print, please. Igbo when it is serious.',
    day(-19),
  )
  yield aboutMeOf(
    seed,
    'wellness',
    'A good day is breath enough for the stairs and a visitor before tea.',
    day(-19),
  )
  yield aboutMeOf(
    seed,
    'please-do',
    'Please knock and say your name. Please do not move my chair.',
    day(-19),
  )
}

function* planOfGrace(seed: PlanSeed, day: (count: number) => string): Generator<SeedRecord> {
  // as her history tells it: the first conversation, what Tom and Chidi added, and the review
  const byTom = { ...seed, writtenOn: day(-38) }
  const byChidi = { ...seed, writtenOn: day(-30) }
  const review = { ...seed, writtenOn: day(-25) }
  const walk = needOf(seed, 'need-g1', 'Breathless and unsteady outdoors', { kind: 'health' })
  const sleep = needOf(seed, 'need-g2', 'Wakes at two and cannot settle', { kind: 'both' })
  const night = needOf(review, 'need-g3', 'Someone to sit at night', {
    unmet: true,
    kind: 'social',
  })
  const friend = needOf(review, 'need-g4', 'A befriender who speaks Igbo', {
    ...{ unmet: true, kind: 'social' },
  })
  const strong = needOf(seed, 'need-g5', 'Knows everybody at St Anne’s, and they know her', {
    kind: 'strength',
  })
  const church = withLevels(
    goalOf(
      seed,
      'goal-g1',
      'I want to walk to St Anne’s on a Sunday, with someone beside me.',
      walk,
    ),
    day,
  )
  const past5 = goalOf(seed, 'goal-g2', 'I want to sleep past five.', sleep)
  const jollof = goalOf(review, 'goal-g3', 'I want to cook jollof again for Chidi’s birthday.')
  const actions = [
    actionOf(byTom, 'act-g1', {
      asked: tom,
      text: 'Fit the second stair rail',
      owner: tom,
      by: day(-3),
      goal: church,
    }),
    actionOf(review, 'act-g2', {
      text: 'Ring about the new water tablet',
      owner: amina,
      by: day(0),
    }),
    actionOf(byTom, 'act-g3', {
      asked: tom,
      text: 'Walk to the gate and back together, twice a week',
      owner: tom,
      by: day(2),
      goal: church,
      status: 'in-progress',
    }),
    actionOf(review, 'act-g4', {
      text: 'Visit about Chidi’s own needs as a carer',
      owner: karen,
      by: day(8),
    }),
    actionOf(byChidi, 'act-g5', {
      asked: chidi,
      text: 'Ask the parish about a seat halfway',
      owner: chidi,
      by: day(6),
      goal: church,
    }),
    actionOf(seed, 'act-g6', {
      text: 'Wear the shoes with a firm heel',
      owner: grace,
      by: day(-12),
      goal: church,
      status: 'completed',
      doneOn: day(-13),
    }),
  ]
  yield* [walk, sleep, night, friend, strong, church, past5, jollof, ...actions]
  yield planOf(seed, {
    needs: [walk, sleep, night, friend, strong],
    goals: [church, past5, jollof],
    actions,
    limits: [weightLimit],
  })
  yield graceWhatIf(review)
  yield* graceWishes(day)
  yield* graceServices(day)
  yield* graceOffers(day)
  yield* graceGoalAnswers(day)
  yield agreementOf(seed, grace, day(-19), 'Yes, this is what I said.')
  yield {
    resourceType: 'Communication',
    id: 'comment-g1',
    status: 'completed',
    category: [concept(gableCodes, 'comment', 'Comment')],
    subject: grace,
    about: [to('Goal', 'goal-g1')],
    sender: chidi,
    sent: at(day(-16), '19:30'),
    payload: [{ contentString: 'Mum is brighter for two days after church. She eats better too.' }],
  } satisfies Communication
}

const weightLimit = {
  url: `${gableFhir}/reading-limit`,
  extension: [
    { url: 'code', valueCode: '29463-7' },
    { url: 'riseOver', valueDecimal: 2 },
    { url: 'riseDays', valueInteger: 3 },
  ],
}
