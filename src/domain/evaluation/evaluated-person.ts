import { ageOn } from '#domain/calendar/age.ts'
import { addDays, daysBetween } from '#domain/calendar/days.ts'
import { type CharlsonGroup, charlsonGroups } from '#domain/risk/charlson-groups.ts'
import { deficits } from '#domain/risk/deficits.ts'
import { frailtyBand } from '#domain/risk/frailty.ts'
import { segmentOf } from '#domain/stratification/segments.ts'
import type { EvaluatedPerson } from './matched-evaluation.ts'

/** How long people are followed, in days: half a year, so that the year before is known for everybody. */
export const followedFor = 182

const year = 365
/** Recently: in so many days before. */
const recently = 90

/** What is matched closely, in the order of `facts`; age in years, the rest is explained beside each. */
export const evaluatedFacts = [
  ...(['recent-stays', 'since-last-stay', 'conditions', 'deprivation', 'age'] as const),
] as const
export type EvaluatedFact = (typeof evaluatedFacts)[number]

/** What is known of somebody; days are `YYYY-MM-DD`. */
export type FollowedFrom = Readonly<{
  id: string
  /** the day from which they are followed, and whether they were taken on on it */
  from: string
  taken: boolean
  birthDate: string
  gender: string | undefined
  /** first days of emergency stays, of the last two years */
  stayDays: readonly string[]
  /** deficits and groups of Charlson that were known a year ago, by their short names */
  known: readonly string[]
  /** fifth of the country’s streets, 1 the poorest; undefined: not recorded, and taken for the middle */
  deprivation: number | undefined
  diedOn: string | undefined
  fidelity?: EvaluatedPerson['fidelity']
}>

const ages = [80, 65, 18] as const
const mostStaysApart = 3
const middleFifth = 3

/**
 * Somebody as they were on the day from which they are followed, and what happened in half a year from the day after.
 * Undefined for whoever was not born or not alive then.
 */
export function evaluatedPerson(facts: FollowedFrom): EvaluatedPerson | undefined {
  const { id, from, taken, stayDays, diedOn } = facts
  const age = ageOn(facts.birthDate, from)
  if (age === undefined || age < 0 || (diedOn !== undefined && diedOn <= from)) return undefined
  const until = addDays(from, followedFor)
  const between = (after: string, last: string) =>
    stayDays.filter((day) => day > after && day <= last).length
  const before = between(addDays(from, -year), from)
  const halfBefore = between(addDays(from, -followedFor), from)
  const after = between(from, until)
  const last = stayDays
    .filter((day) => day <= from)
    .toSorted()
    .at(-1)
  const likeness = [
    ...[ages.find((each) => age >= each) ?? 0, facts.gender ?? 'unknown'],
    ...[segmentThen(facts.known, { age, stays: before }), Math.min(before, mostStaysApart)],
  ]
  return {
    ...{ id, taken, likeness: likeness.join('/') },
    facts: [
      between(addDays(from, -recently), from),
      last === undefined ? year : Math.min(year, daysBetween(last, from)),
      ...[facts.known.length, facts.deprivation ?? middleFifth, age],
    ],
    outcomes: {
      'emergency-stays': { before: halfBefore, after },
      'any-emergency-stay': { before: Number(halfBefore > 0), after: Number(after > 0) },
      died: { after: Number(diedOn !== undefined && diedOn <= until) },
    },
    ...(facts.fidelity ? { fidelity: facts.fidelity } : {}),
  }
}

/**
 * The stage of life as it could be told then: today’s would know of the stays that are to be compared. Of single codes
 * nothing is kept for a year ago: palliative care, kidney failure, learning disability and pregnancy are not told apart.
 */
function segmentThen(
  known: readonly string[],
  { age, stays }: Readonly<{ age: number; stays: number }>,
): string {
  const had = new Set(deficits.filter((each) => known.includes(each)))
  return segmentOf({
    ...{ age, stays, coded: true, snomed: [], icd10: [] },
    deficits: had,
    groups: new Set(
      known.filter((each): each is CharlsonGroup => Object.hasOwn(charlsonGroups, each)),
    ),
    band: frailtyBand(had.size),
  }).segment
}
