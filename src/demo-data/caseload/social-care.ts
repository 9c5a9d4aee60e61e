import type { SeedRecord } from '#demo-data/seed-record.ts'
import { weekdayOf } from '#domain/calendar/bank-holidays.ts'
import { addDays } from '#domain/calendar/days.ts'
import { type CarerFindings, nothingFound } from '#domain/carer/carer-assessment.ts'
import {
  carerAssessmentToFhir,
  eligibilityDecisionToFhir,
} from '#domain/carer/carer-assessment-fhir.ts'
import { type AdultFindings, nothingAsked } from '#domain/social-care/care-assessment.ts'
import {
  careAssessmentToFhir,
  careDecisionToFhir,
} from '#domain/social-care/care-assessment-fhir.ts'
import { type CarePackage, carePackageToFhir } from '#domain/social-care/care-package.ts'
import { type SupportPlan, supportPlanToFhir } from '#domain/social-care/support-plan.ts'

type Facts = Readonly<{ id: string; asOf: string }>

const karen = {
  ...{ reference: 'Practitioner/karen-lee', name: 'Karen Lee' },
  voice: 'professional' as const,
}

/** Places of the caseload where Karen is in the team: a plan that waits for its answer, a carer with a right to support, and a plan that runs. */
const places = { waits: 18, carer: 21, runs: 24 } as const

const found: AdultFindings = {
  ...nothingAsked,
  days: 'On a good day I dress by ten. On a bad day I stay in my chair until somebody comes.',
  helps: 'My neighbour brings the paper. The walking frame.',
  wants: 'To sit in the garden, and to see my sister on Sundays.',
  ...{ cause: 'yes', wellbeing: 'yes' },
  outcomes: {
    nutrition: { state: 'able', words: '' },
    hygiene: { state: 'needs-help', words: 'Cannot get into the bath alone' },
    toilet: { state: 'able', words: '' },
    clothing: { state: 'longer', words: 'Half an hour for socks and shoes' },
    'safe-home': { state: 'danger', words: 'Two near falls on the stairs' },
    'habitable-home': { state: 'able', words: '' },
    relationships: { state: 'able', words: '' },
    work: { state: 'not-mine', words: '' },
    community: { state: 'needs-help', words: 'Has not been to the shops since summer' },
    children: { state: 'not-mine', words: '' },
  },
}

const foundOfCarer: CarerFindings = {
  ...nothingFound,
  ...{ does: 'Cooks, washes and sits up at night', necessary: 'yes', health: 'yes' },
  outcomes: {
    'free-time': { state: 'needs-help', words: 'Has not been swimming for a year' },
    relationships: { state: 'distress', words: 'Feels guilty when out of the house' },
    work: { state: 'able', words: '' },
  },
  wellbeing: 'yes',
  goesOn: 'Yes, if somebody comes two afternoons a week.',
  wants: 'To swim on Tuesdays.',
}

function* adultOf({ id, asOf }: Facts, ago: number): Generator<SeedRecord> {
  const day = (count: number) => `${addDays(asOf, count)}T10:20:00Z`
  const assessment = `care-act-${id}`
  yield careAssessmentToFhir({
    ...{ ...found, id: assessment, person: id, by: karen, at: day(-ago), isDone: true },
  })
  yield careDecisionToFhir({
    ...{ id: `care-decision-${id}`, person: id, assessment, isEligible: true, by: karen },
    reason:
      'Four outcomes cannot be achieved without help, and being alone all day wears them down.',
    at: day(-ago + 4),
  })
}

function* carerOf({ id, asOf }: Facts): Generator<SeedRecord> {
  const day = (count: number) => `${addDays(asOf, count)}T10:20:00Z`
  const assessment = `carers-${id}`
  yield carerAssessmentToFhir({
    ...{ ...foundOfCarer, id: assessment, person: id, by: karen, at: day(-16), isDone: true },
  })
  yield eligibilityDecisionToFhir({
    ...{ id: `carer-decision-${id}`, person: id, assessment, isEligible: true, by: karen },
    ...{ reason: 'The caring is necessary, and it costs sleep and all free time.', at: day(-12) },
  })
}

function planOf({ id, asOf }: Facts, ago: number): Omit<SupportPlan, 'version'> {
  const day = (count: number) => addDays(asOf, count)
  return {
    ...{ id: `support-${id}`, person: id, assessed: 'adult', decision: `care-decision-${id}` },
    outcomes: [
      {
        ...{ outcome: 'hygiene', how: 'A care worker helps with the bath on three mornings' },
        ...{ ways: ['paid-care'], who: 'Kind Hands Home Care' },
      },
      {
        ...{ outcome: 'clothing', how: 'A sock aid; the care worker helps on the same mornings' },
        ...{ ways: ['own-strength', 'paid-care'], who: '' },
      },
      {
        ...{ outcome: 'safe-home', how: 'A second rail on the stairs, and a light that stays on' },
        ...{ ways: ['community'], who: 'Brook handyperson service' },
      },
      {
        ...{ outcome: 'community', how: 'The neighbour takes them along on Fridays' },
        ...{ ways: ['community', 'carer'], who: '' },
      },
    ],
    budget: {
      ...{ amount: 14_250, per: 'week', currency: 'GBP', share: 2_000 },
      ...{ agreedOn: day(-ago), agreedBy: 'Riverside Council funding panel' },
    },
    ...{ startsOn: day(-ago + 5), reviewOn: day(-ago + 360), edition: 1, offered: 1 },
    ...{ answers: [], reviews: [] },
    written: { by: karen, at: `${day(-ago + 1)}T14:00:00Z` },
  }
}

function packageOf({ id, asOf }: Facts): Omit<CarePackage, 'version'> {
  const day = (count: number) => addDays(asOf, count)
  // the last Wednesday before the records end
  const missedOn = [1, 2, 3, 4, 5, 6, 7]
    .map((ago) => day(-ago))
    .find((each) => weekdayOf(each) === 3) as string
  return {
    ...{ id: `care-${id}`, person: id, provider: 'Kind Hands Home Care' },
    ...{ startsOn: day(-55), endsOn: '' },
    visits: [
      {
        ...{ id: 'morning', days: ['mon', 'wed', 'fri'], at: '09:15', minutes: 45, workers: 1 },
        tasks: 'Bath, socks and shoes, breakfast ready',
      },
    ],
    cost: { amount: 2_480, per: 'hour', currency: 'GBP' },
    changes: [
      {
        ...{ at: `${day(-20)}T11:00:00Z`, by: 'Karen Lee', what: ['visits'] },
        reason: 'Half an hour was too short for the bath.',
      },
    ],
    missed: [
      {
        ...{ id: `missed-${id}`, visit: 'morning', on: missedOn, at: `${missedOn}T12:10:00Z` },
        words: 'I sat in my dressing gown until noon.',
        by: { reference: `Patient/${id}`, name: 'The person' },
      },
    ],
    written: { by: karen, at: `${day(-20)}T11:00:00Z` },
  }
}

const agreedAt = (facts: Facts, ago: number): SupportPlan['answers'] => [
  {
    ...{ edition: 1, agrees: true, words: 'Yes. Not before nine in the morning, please.' },
    ...{ said: 'At the kitchen table', writtenDownBy: 'Karen Lee' },
    by: { reference: `Patient/${facts.id}`, name: 'The person' },
    at: `${addDays(facts.asOf, -ago + 3)}T15:00:00Z`,
  },
]

/** What Karen found, decided and planned for the people at some places of the caseload. */
export function* socialCareRecords(facts: Facts, place: number): Generator<SeedRecord> {
  if (place === places.waits) {
    yield* adultOf(facts, 12)
    yield supportPlanToFhir(planOf(facts, 5))
  }
  if (place === places.carer) yield* carerOf(facts)
  if (place === places.runs) {
    yield* adultOf(facts, 70)
    yield supportPlanToFhir({ ...planOf(facts, 60), answers: agreedAt(facts, 60) })
    yield carePackageToFhir(packageOf(facts))
  }
}
