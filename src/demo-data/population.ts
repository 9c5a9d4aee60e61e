import { assessedRecords } from './caseload/assessed.ts'
import { caseRecords } from './caseload/caseload.ts'
import { hospitalNow, peopleInHospital } from './caseload/in-hospital-now.ts'
import { demoProgrammes, programmeRecords } from './caseload/programmes.ts'
import { referralRecords, referralsAsked } from './caseload/referrals.ts'
import { socialCareRecords } from './caseload/social-care.ts'
import { chidiRecords } from './grace/chidi.ts'
import { graceRecords } from './grace/grace.ts'
import { graceId } from './identities.ts'
import { drawLife, type Life } from './life.ts'
import { type MostComplex, mostComplexOf } from './most-complex.ts'
import { demoOrganisationRecords } from './organisations.ts'
import { type Density, personRecords } from './person-records.ts'
import { demoQuestionnaires } from './questionnaires.ts'
import { type Random, randomFrom } from './random.ts'
import { registeredSince } from './registered-since.ts'
import type { SeedRecord } from './seed-record.ts'
import { testNhsNumbers } from './vocabulary/nhs-number.ts'

/** The demonstration's usual size, day and seed: the same three give the same records, byte for byte. */
export const usualPopulation = { people: 5_000, asOf: '2026-11-23', seed: 20_261_123 } as const

export type PopulationRequest = Readonly<{
  people?: number
  /** absent: thin */
  density?: Density
  asOf?: string
  seed?: number
  /** the current version of a record of Grace’s (`Goal/1`), where her plan has a history; absent: 1 */
  versionOf?: (name: string) => number
}>

const caseloadSize = 48
const nextSize = referralsAsked + peopleInHospital

/**
 * Fictional people of one practice, with the organisations, staff and questionnaires around them. `asOf`
 * (`YYYY-MM-DD`) is the day on which the records end. Numbers are from the never-issued range 999…; no name belongs to
 * a real number. Lives are drawn twice, first to find the most complex of them, so that a million need no more memory
 * than a thousand.
 */
export function* demoPopulation(request: PopulationRequest = {}): Generator<SeedRecord> {
  const { asOf } = { ...usualPopulation, ...request }
  for (const record of everybody(request)) yield registeredSince(record, asOf)
}

function* everybody(request: PopulationRequest): Generator<SeedRecord> {
  const { people, asOf, seed, density = 'thin' } = { ...usualPopulation, ...request }
  yield* demoOrganisationRecords(asOf)
  for (const each of demoQuestionnaires) yield { ...each, id: each.id ?? '' }
  yield* demoProgrammes()
  yield* graceRecords(asOf, request.versionOf)
  yield* programmeRecords({ id: graceId, asOf }, 'grace')
  yield* assessedRecords({ id: graceId, asOf }, 'grace')
  if (people > 1) yield* chidiRecords(asOf)
  const drawn = { many: Math.max(0, people - 1), asOf, joint: density === 'full' }
  const random = randomFrom(seed)
  const { onCaseload, isNext, leftOut } = placesIn(
    mostComplexOf(livesFrom(random, drawn), nextAmong),
    drawn.many,
  )
  const numbers = testNhsNumbers()
  let place = 0
  let at = -1
  for (const life of livesFrom(randomFrom(seed), drawn)) {
    at += 1
    const facts = { id: opaqueId(random), nhs: nextNumber(numbers, at), asOf, density }
    if (at === leftOut) continue
    yield* personRecords(life, facts)
    const next = isNext.get(at)
    if (next !== undefined) {
      yield* referralRecords(life, { ...facts, place: next })
      yield* hospitalNow(facts, next - referralsAsked)
    }
    if (!onCaseload.has(at)) continue
    yield* programmeRecords(facts, place)
    yield* assessedRecords(facts, place)
    yield* socialCareRecords(facts, place)
    yield* caseRecords(life, { ...facts, place: place++, random })
  }
}

type Drawn = Readonly<{ many: number; asOf: string; joint: boolean }>

function* livesFrom(random: Random, { many, asOf, joint }: Drawn): Generator<Life> {
  for (let count = 0; count < many; count += 1) yield drawLife(random, asOf, { joint })
}

/** Every third of them is on the caseload; the next of each three is as ill, and is not. */
const nextAmong = 3 * Math.max(caseloadSize, nextSize)

function placesIn(ranked: MostComplex, many: number) {
  const onCaseload = new Set(ranked.filter((_, index) => index % 3 === 0).slice(0, caseloadSize))
  const isNext = new Map(
    ranked
      .filter((_, index) => index % 3 === 1)
      .slice(0, nextSize)
      .map((at, next) => [at, next]),
  )
  // Chidi is one of the people: in his place one is left out who is on no caseload, so that all others stay who they were
  let leftOut = many - 1
  while (onCaseload.has(leftOut)) leftOut -= 1
  return { onCaseload, isNext, leftOut }
}

function opaqueId(random: Random): string {
  const part = () =>
    Math.floor(random.next() * 36 ** 5)
      .toString(36)
      .padStart(5, '0')
  return `p-${part()}${part()}`
}

/** The range of test numbers ends after 909,090: whoever comes later has none, and a serial number to draw from. */
function nextNumber(numbers: Iterator<string>, at: number): string {
  const { value, done } = numbers.next()
  return done ? String(at).padStart(10, '0') : value
}
