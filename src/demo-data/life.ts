import { addDays } from '#domain/calendar/days.ts'
import type { Random } from './random.ts'
import { type DrawnName, drawName } from './vocabulary/names.ts'
import { type PrevalenceRow, prevalence, shareAt } from './vocabulary/prevalence.ts'
import { stayReasons } from './vocabulary/stay-reasons.ts'

/** One fictional person before it becomes FHIR: the facts of a year of life. */
export type Life = Readonly<{
  name: DrawnName
  gender: 'female' | 'male'
  birthDate: string
  age: number
  /** 1 = most deprived fifth of streets, 5 = least */
  deprivation: number
  conditions: readonly Readonly<{ row: PrevalenceRow; since: string }>[]
  medicines: readonly string[]
  stays: readonly Readonly<{ start: string; days: number; emergency: boolean; reason: string }>[]
  lastContact: string
  /** weekly hours of paid care at home */
  careHours: number
  carer: DrawnName | undefined
  /** cost of a year of care, in pounds, from `tariff` */
  cost: number
}>

/**
 * Rounded unit costs in pounds, of the order of published English unit costs. Unverified, for practice only: they
 * create a fictional population in which few people cause most of the cost.
 */
const tariff = {
  contact: 60,
  medicineYear: 110,
  emergencyStay: 900,
  bedDay: 420,
  plannedStay: 1_600,
  careHourYear: 22 * 52,
} as const

/** People per 10-year age group, as in an English town. */
const ageWeights = [11, 12, 13, 14, 13, 13.5, 11, 8.5, 3.6, 0.7] as const

/** `joint`: background goes with age and deprivation. The demonstration is without it: its people stay who they are. */
export function drawLife(random: Random, asOf: string, { joint = false } = {}): Life {
  const gender = random.chance(0.51) ? 'female' : 'male'
  const age = random.weighted(ageWeights) * 10 + random.between(0, 9)
  const birthDate = addDays(asOf, -Math.floor(age * 365.25) - random.between(0, 364))
  const deprivation = random.between(1, 5)
  const burden = burdenOf(random, deprivation)
  const conditions = drawConditions(random, { age, burden, asOf })
  const medicines = drawMedicines(
    random,
    conditions.map((each) => each.row),
  )
  const frailty = age < 18 ? conditions.length * 0.4 : conditions.length
  const stays = drawStays(random, { age, frailty, asOf })
  const careHours = drawCareHours(random, { age, frailty })
  const contacts = random.count(4 + frailty * 2)
  return {
    name: drawName(random, gender, joint ? { age, deprivation } : undefined),
    gender,
    birthDate,
    age,
    deprivation,
    conditions,
    medicines,
    stays,
    lastContact: addDays(asOf, -random.between(1, Math.max(12, Math.round(400 / (1 + frailty))))),
    careHours,
    carer:
      age > 65 && frailty > 4 && random.chance(0.4)
        ? drawName(random, random.chance(0.6) ? 'female' : 'male')
        : undefined,
    cost: costOf({ contacts, medicines, stays, careHours }),
  }
}

/** A log-normal factor around one: the same people tend to have many of the conditions. */
function burdenOf(random: Random, deprivation: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
  return Math.exp(normal * 0.75 - 0.28) * (1.3 - 0.1 * deprivation)
}

function drawConditions(
  random: Random,
  facts: { age: number; burden: number; asOf: string },
): Life['conditions'] {
  const drawn: { row: PrevalenceRow; since: string }[] = []
  for (const row of prevalence) {
    const has = !row.needs || drawn.some((each) => each.row.snomed === row.needs)
    if (!has || !random.chance(Math.min(0.85, shareAt(row, facts.age) * facts.burden))) continue
    drawn.push({
      row,
      since: addDays(facts.asOf, -random.between(30, Math.min(facts.age * 300 + 31, 5_500))),
    })
  }
  return drawn
}

function drawMedicines(random: Random, rows: readonly PrevalenceRow[]): readonly string[] {
  return [...new Set(rows.flatMap((row) => (row.medicines ?? []).filter(() => random.chance(0.8))))]
}

function drawStays(
  random: Random,
  facts: { age: number; frailty: number; asOf: string },
): Life['stays'] {
  const risk = 0.025 + 0.016 * facts.frailty ** 1.7 * (facts.age > 75 ? 1.3 : 1)
  const emergencies = Math.min(7, random.count(Math.min(2.4, risk)))
  const planned = random.chance(0.1 + 0.01 * facts.frailty) ? 1 : 0
  return Array.from({ length: emergencies + planned }, (_, index) => {
    const emergency = index < emergencies
    const days = emergency ? 1 + random.count(2 + facts.frailty * 0.7) : random.between(0, 2)
    return {
      emergency,
      days,
      start: addDays(facts.asOf, -days - random.between(12, 360)),
      reason: random.pick(stayReasons)[1],
    }
  })
}

function drawCareHours(random: Random, facts: { age: number; frailty: number }): number {
  if (facts.age < 65 || !random.chance(Math.min(0.6, 0.012 * facts.frailty ** 1.6))) return 0
  return 3 + random.count(7)
}

function costOf(use: {
  contacts: number
  medicines: readonly string[]
  stays: Life['stays']
  careHours: number
}): number {
  const stays = use.stays.reduce(
    (sum, stay) =>
      sum +
      (stay.emergency ? tariff.emergencyStay : tariff.plannedStay) +
      stay.days * tariff.bedDay,
    0,
  )
  return Math.round(
    use.contacts * tariff.contact +
      use.medicines.length * tariff.medicineYear +
      stays +
      use.careHours * tariff.careHourYear,
  )
}
