import { addDays } from '#domain/calendar/days.ts'
import { type InpatientStay, lastDischarge, stayInput } from './inpatient-stays.ts'
import { type Measurement, newestOf } from './measurements.ts'
import {
  notWorkedOut,
  type Open,
  type PublishedPart,
  type PublishedScore,
  summed,
} from './published-score.ts'

const about = {
  version: 'Donzé 2016 (no or one stay in the year before: 0; 2 to 5: 2; more: 5)',
  source: 'JAMA Intern Med 2016;176:496, doi 10.1001/jamainternmed.2015.8462',
}

export function hospitalBand(score: number): 'low' | 'intermediate' | 'high' {
  if (score <= 4) return 'low'
  return score <= 6 ? 'intermediate' : 'high'
}

/** Points for stays in the twelve months before, as validated in 2016; the first paper drew the lines lower. */
export function hospitalPointsForStays(stays: number): number {
  if (stays <= 1) return 0
  return stays <= 5 ? 2 : 5
}

/** Haemoglobin below 12 g/dL, sodium below 135 mmol/L. */
const haemoglobin = { codes: ['718-7', '30350-3', '59260-0', '1022431000000105'], below: 12 }
const sodium = { codes: ['2951-2', '2947-0', '1000661000000107'], below: 135 }

const gramsPerDecilitre: Readonly<Record<string, number>> = {
  ...{ 'g/dL': 1, 'g/L': 0.1, 'mmol/L': 1.6114 },
}
const millimolesPerLitre: Readonly<Record<string, number>> = { 'mmol/L': 1, 'meq/L': 1 }

type At = Readonly<{ stays: readonly InpatientStay[]; measured: readonly Measurement[] }>

/** The HOSPITAL score of the last stay that ended: avoidable return within 30 days, as published. */
export function hospitalScore({ stays, measured }: At): PublishedScore {
  const stay = lastDischarge(stays)
  if (!stay) return { ...about, ...notWorkedOut(['discharge']), unmapped: 0 }
  const blood = inStay(measured, stay)
  const levels = [
    level('haemoglobin', newestOf(blood, haemoglobin.codes), haemoglobin.below, gramsPerDecilitre),
    level('sodium', newestOf(blood, sodium.codes), sodium.below, millimolesPerLitre),
  ]
  const inputs = [stayInput(stay)]
  const parts: PublishedPart[] = [
    ...levels.flatMap((each) => each.part ?? []),
    { code: 'oncology', points: stay.isOncology ? 2 : 0, inputs },
    { code: 'procedure', points: stay.procedures.length > 0 ? 1 : 0, inputs: stay.procedures },
    { code: 'index-type', points: stay.isEmergency ? 1 : 0, inputs },
    staysBefore(stay, stays),
    { code: 'length', points: stay.days >= 5 ? 2 : 0, value: String(stay.days), inputs },
  ]
  return {
    ...about,
    ...summed({ parts, open: levels.flatMap((each) => each.open ?? []), bandOf: hospitalBand }),
    caveats: [
      ...(stay.procedures.length === 0 ? ['no-procedure-recorded'] : []),
      ...(stay.isKindSaid ? [] : ['admission-kind-assumed-emergency']),
    ],
    unmapped: 0,
    ...(stay.end ? { asOf: stay.end } : {}),
  }
}

const inStay = (measured: readonly Measurement[], { start, end = start }: InpatientStay) =>
  measured.filter(({ day }) => day >= start && day <= end)

/** The last value of the stay; without one in a known unit the point stays open. */
function level(
  code: string,
  found: Measurement | undefined,
  below: number,
  factors: Readonly<Record<string, number>>,
): Readonly<{ part?: PublishedPart; open?: Open }> {
  const factor = found && factors[found.unit]
  if (!found || factor === undefined || found.value === undefined)
    return { open: { code, from: 0, to: 1 } }
  const points = found.value * factor < below ? 1 : 0
  return { part: { code, points, value: `${found.value} ${found.unit}`, inputs: [found.input] } }
}

/** Stays that ended in the twelve months before this one began. */
function staysBefore(stay: InpatientStay, stays: readonly InpatientStay[]): PublishedPart {
  const from = addDays(stay.start, -365)
  const before = stays.filter(
    (each) => each.record !== stay.record && each.start >= from && each.start < stay.start,
  )
  return {
    ...{ code: 'stays-before', points: hospitalPointsForStays(before.length) },
    ...{ value: String(before.length), inputs: before.map(stayInput) },
  }
}
