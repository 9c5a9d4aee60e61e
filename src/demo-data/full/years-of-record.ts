import type { Life } from '#demo-data/life.ts'
import { type Random, randomFrom } from '#demo-data/random.ts'
import type { SeedRecord } from '#demo-data/seed-record.ts'
import { at } from '#demo-data/vocabulary/codes.ts'
import { stayReasons } from '#demo-data/vocabulary/stay-reasons.ts'
import { addDays, daysBetween } from '#domain/calendar/days.ts'
import {
  appointments,
  letters,
  passingIllnesses,
  procedures,
  shortCourses,
  vaccines,
} from './happenings.ts'
import { measuredThere, panels } from './readings.ts'
import {
  appointment,
  bloodPressure,
  earlierStay,
  issue,
  laboratoryReport,
  letter,
  type Maker,
  makerFor,
  passingIllness,
  procedureDone,
  reading,
  vaccination,
  workingTime,
} from './record-makers.ts'

/** For how many years practices have kept what this writes. */
const kept = 20
/** The last issues of these lie in the thin record. */
const issueDays = 28

type Year = Readonly<{
  maker: Maker
  life: Life
  /** first and last day */
  from: string
  until: string
  /** how old the person was */
  age: number
  /** lasting conditions by then */
  known: number
}>

/**
 * What the thin record of a person leaves out: years of appointments, readings, results, issues of medicines, letters. On
 * average a thousand records a person, most of them of the old and the ill. The frequencies are invented for practice, so
 * that this comes out; unverified. Drawn from a source of their own for each person: who somebody is stays the same.
 */
export function* yearsOfRecord(
  life: Life,
  facts: Readonly<{ id: string; nhs: string; asOf: string }>,
): Generator<SeedRecord> {
  const maker = makerFor(facts.id, randomFrom(Number(facts.nhs.slice(-9)) + 31))
  for (let back = Math.min(kept, life.age + 1); back > 0; back -= 1) {
    const from = latest(addDays(facts.asOf, -365 * back), life.birthDate)
    const until = addDays(facts.asOf, -365 * (back - 1) - 1)
    if (from > until) continue
    const known = life.conditions.filter(({ since }) => since <= until).length
    const year = { maker, life, from, until, age: Math.max(0, life.age - back + 1), known }
    yield* contacts(year, facts.asOf)
    yield* results(year)
    yield* medicines(year, facts.asOf)
    yield* others(year)
    // the last two years stand in the thin record
    if (back > 2) yield* stays(year)
  }
}

const latest = (one: string, other: string) => (one > other ? one : other)

const dayIn = ({ from, until, maker }: Year): string =>
  addDays(from, maker.random.between(0, daysBetween(from, until)))

function* times<T>(count: number, each: () => Iterable<T>): Generator<T> {
  for (let done = 0; done < count; done += 1) yield* each()
}

/** The same number of contacts as the cost of the last year assumes; none after the last one that is known. */
function* contacts(year: Year, asOf: string): Generator<SeedRecord> {
  const { maker, life, known } = year
  const { random } = maker
  yield* times(random.count(4 + known * 2), function* () {
    const day = dayIn(year)
    if (day > life.lastContact || day >= asOf) return
    const contact = appointment(maker, day, random.pick(appointments))
    yield contact
    yield* atContact(year, { day, encounter: contact.id })
  })
}

function* atContact(
  { maker, known, age }: Year,
  { day, encounter }: Readonly<{ day: string; encounter: string }>,
): Generator<SeedRecord> {
  const { random } = maker
  const contact = { when: at(day, workingTime(maker)), encounter }
  if (age >= 18 && random.chance(0.6)) yield bloodPressure(maker, contact)
  for (const kind of measuredThere)
    if (random.chance(0.2 + 0.03 * Math.min(6, known))) yield reading(maker, kind, contact)
  if (!random.chance(0.14)) return
  yield passingIllness(maker, random.pick(passingIllnesses), {
    from: day,
    until: addDays(day, random.between(4, 40)),
    encounter,
  })
  if (random.chance(0.7)) yield issue(maker, random.pick(shortCourses), day)
}

function* results(year: Year): Generator<SeedRecord> {
  const { maker, known, age } = year
  const { random } = maker
  const rate = age < 18 ? 0.2 : 1 + (age > 60 ? 0.9 : 0) + known * 1.3
  yield* times(random.count(rate), function* () {
    const when = at(dayIn(year), workingTime(maker))
    for (const [display, kinds] of panels) {
      if (!random.chance(0.8)) continue
      const found = kinds.map((kind) => reading(maker, kind, { when }, 'laboratory'))
      yield* found
      yield laboratoryReport(maker, display, { when, results: found.map(({ id }) => id) })
    }
  })
}

/** Issues of what is taken now, back to the beginning of the condition that it is for. */
function* medicines({ maker, life, from, until }: Year, asOf: string): Generator<SeedRecord> {
  for (const medicine of life.medicines) {
    const since = life.conditions.find(({ row }) => row.medicines?.includes(medicine))?.since
    const begin = latest(from, since ?? from)
    const end = until < addDays(asOf, -issueDays) ? until : addDays(asOf, -issueDays)
    for (let day = begin; day <= end; day = addDays(day, issueDays))
      yield issue(maker, medicine, day)
  }
}

function* others(year: Year): Generator<SeedRecord> {
  const { maker, known } = year
  const { random } = maker
  yield* times(random.count(0.2 + known * 0.12), () => [
    procedureDone(maker, random.pick(procedures), dayIn(year)),
  ])
  yield* times(random.count(0.5 + known * 0.6), () => [
    letter(maker, random.pick(letters), at(dayIn(year), workingTime(maker))),
  ])
  for (const vaccine of vaccinesFor(year, random)) yield vaccination(maker, vaccine, dayIn(year))
}

/** As the English schedule has it, roughly; who takes it up is invented. */
function vaccinesFor({ age, known }: Year, random: Random) {
  if (age < 1) return [vaccines.childhood, vaccines.childhood, vaccines.childhood]
  if (age === 1 || age === 3) return [vaccines.measles]
  const isAtRisk = age >= 65 || known > 0
  return [
    ...(isAtRisk && random.chance(0.7) ? [vaccines.flu] : []),
    ...(age >= 75 && random.chance(0.6) ? [vaccines.covid] : []),
    ...(age === 65 && random.chance(0.7) ? [vaccines.pneumococcal] : []),
  ]
}

/** Emergency stays by the conditions of that time, as those of the last years are drawn. */
function* stays(year: Year): Generator<SeedRecord> {
  const { maker, known, age } = year
  const { random } = maker
  const risk = 0.02 + 0.014 * known ** 1.7 * (age > 75 ? 1.3 : 1)
  yield* times(Math.min(4, random.count(Math.min(2, risk))), () => {
    const from = dayIn(year)
    const until = addDays(from, 1 + random.count(2 + known * 0.6))
    return [earlierStay(maker, { from, until, reason: random.pick(stayReasons) })]
  })
}
