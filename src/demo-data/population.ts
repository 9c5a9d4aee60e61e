import { caseRecords } from './caseload/caseload.ts'
import { hospitalNow, peopleInHospital } from './caseload/in-hospital-now.ts'
import { referralRecords, referralsAsked } from './caseload/referrals.ts'
import { chidiRecords } from './grace/chidi.ts'
import { graceRecords } from './grace/grace.ts'
import { drawLife, type Life } from './life.ts'
import { demoOrganisationRecords } from './organisations.ts'
import { personRecords } from './person-records.ts'
import { demoQuestionnaires } from './questionnaires.ts'
import { type Random, randomFrom } from './random.ts'
import type { SeedRecord } from './seed-record.ts'
import { testNhsNumbers } from './vocabulary/nhs-number.ts'

/** The demonstration's usual size, day and seed: the same three give the same records, byte for byte. */
export const usualPopulation = { people: 5_000, asOf: '2026-11-23', seed: 20_261_123 } as const

export type PopulationRequest = Readonly<{
  people?: number
  asOf?: string
  seed?: number
  /** the current version of a record of Grace’s (`Goal/1`), where her plan has a history; absent: 1 */
  versionOf?: (name: string) => number
}>

const caseloadSize = 48

/**
 * Fictional people of one practice, with the organisations, staff and questionnaires around them. `asOf`
 * (`YYYY-MM-DD`) is the day on which the records end. Numbers are from the never-issued range 999…; no name belongs to
 * a real number.
 */
export function* demoPopulation(request: PopulationRequest = {}): Generator<SeedRecord> {
  const { people, asOf, seed } = { ...usualPopulation, ...request }
  yield* demoOrganisationRecords()
  for (const each of demoQuestionnaires) yield { ...each, id: each.id ?? '' }
  yield* graceRecords(asOf, request.versionOf)
  if (people > 1) yield* chidiRecords(asOf)
  const random = randomFrom(seed)
  const lives = Array.from({ length: Math.max(0, people - 1) }, () => drawLife(random, asOf))
  const onCaseload = new Set(mostComplex(lives))
  const isNext = new Map(nextComplex(lives).map((life, at) => [life, at]))
  // Chidi is one of the people: in his place one is left out who is on no caseload, so that all others stay who they were
  const leftOut = lives.findLast((life) => !onCaseload.has(life))
  const numbers = testNhsNumbers()
  let place = 0
  for (const life of lives) {
    const facts = { id: opaqueId(random), nhs: nextNumber(numbers), asOf }
    if (life === leftOut) continue
    yield* personRecords(life, facts)
    const next = isNext.get(life)
    if (next !== undefined) {
      yield* referralRecords(life, { ...facts, place: next })
      yield* hospitalNow(facts, next - referralsAsked)
    }
    if (onCaseload.has(life)) yield* caseRecords(life, { ...facts, place: place++, random })
  }
}

const mostComplex = (lives: readonly Life[]): readonly Life[] =>
  byComplexity(lives)
    .filter((_, index) => index % 3 === 0)
    .slice(0, caseloadSize)

/** People who are as ill as those on the caseload, and are not on it. */
const nextComplex = (lives: readonly Life[]): readonly Life[] =>
  byComplexity(lives)
    .filter((_, index) => index % 3 === 1)
    .slice(0, referralsAsked + peopleInHospital)

function byComplexity(lives: readonly Life[]): readonly Life[] {
  const weight = (life: Life) => life.conditions.length + 2 * life.stays.length
  return lives.filter((life) => life.age >= 55).sort((one, other) => weight(other) - weight(one))
}

function opaqueId(random: Random): string {
  const part = () =>
    Math.floor(random.next() * 36 ** 5)
      .toString(36)
      .padStart(5, '0')
  return `p-${part()}${part()}`
}

function nextNumber(numbers: Iterator<string>): string {
  const { value, done } = numbers.next()
  if (done) throw new Error('There are no test NHS numbers left')
  return value
}
