import { reckonedDay } from '#domain/calendar/days.ts'
import { type CharlsonGroup, groupsOfIcd10, overrules } from '#domain/risk/charlson-groups.ts'
import { inputsByGroup, unreadIn, weightedParts } from '#domain/risk/coded/coded-groups.ts'
import type { CodedCondition } from '#domain/risk/evidence.ts'
import {
  type EmergencyVisit,
  type InpatientStay,
  lastDischarge,
  stayInput,
} from './inpatient-stays.ts'
import { notWorkedOut, type PublishedPart, type PublishedScore, summed } from './published-score.ts'

const about = {
  version: 'van Walraven 2010',
  source: 'CMAJ 2010;182:551, doi 10.1503/cmaj.091117',
}

/** Points for the length of a stay in days: 0 for less than a day, 7 from two weeks. */
export function lacePointsForDays(days: number): number {
  if (days < 1) return 0
  if (days <= 3) return days
  if (days <= 6) return 4
  return days <= 13 ? 5 : 7
}

/** Points for the comorbidity total: four or more count five. */
export const lacePointsForComorbidity = (total: number): number => (total >= 4 ? 5 : total)

/** Points for visits to an emergency department in the six months before: four at most. */
export const lacePointsForVisits = (visits: number): number => Math.min(4, visits)

export function laceBand(score: number): 'low' | 'moderate' | 'high' {
  if (score <= 4) return 'low'
  return score <= 9 ? 'moderate' : 'high'
}

/** LACE’s own weights, not those of Charlson 1987; groups that it does not count have none. */
const weights: Readonly<Partial<Record<CharlsonGroup, number>>> = {
  ...{ mi: 1, cevd: 1, pvd: 1, diab: 1 },
  ...{ mld: 2, diabwc: 2, chf: 2, cpd: 2, canc: 2, rend: 2 },
  ...{ dementia: 3, rheumd: 3, msld: 4, aids: 4, metacanc: 6 },
}

export type StayEvidence = Readonly<{
  stays: readonly InpatientStay[]
  visits: readonly EmergencyVisit[]
  /** on the record when the person was discharged */
  conditions: readonly CodedCondition[]
}>

/** LACE of the last stay that ended: risk of death or unplanned return within 30 days, as published. */
export function lace({ stays, visits, conditions }: StayEvidence): PublishedScore {
  const stay = lastDischarge(stays)
  const known = conditions.filter((each) => !each.left && isBy(each, stay?.end))
  const unmapped = unreadIn(known)
  if (!stay) return { ...about, ...notWorkedOut(['discharge']), unmapped }
  const parts = [
    ...lengthAndKind(stay),
    comorbidityPart([...known, ...stay.diagnoses]),
    visitsPart(stay, visits),
  ]
  return {
    ...about,
    ...summed({ parts, bandOf: laceBand }),
    caveats: stay.isKindSaid ? [] : ['admission-kind-assumed-emergency'],
    unmapped,
    ...(stay.end ? { asOf: stay.end } : {}),
  }
}

const isBy = ({ date }: CodedCondition, day = '') => !date || date.slice(0, day.length) <= day

function lengthAndKind(stay: InpatientStay): readonly PublishedPart[] {
  const inputs = [stayInput(stay)]
  return [
    { code: 'length', points: lacePointsForDays(stay.days), value: String(stay.days), inputs },
    { code: 'acute', points: stay.isEmergency ? 3 : 0, inputs },
  ]
}

function comorbidityPart(conditions: readonly CodedCondition[]): PublishedPart {
  const found = inputsByGroup(conditions, groupsOfIcd10)
  const parts = weightedParts({ found, points: weights, overrules }).filter(
    ({ points }) => points > 0,
  )
  const total = parts.reduce((sum, { points }) => sum + points, 0)
  return {
    ...{ code: 'comorbidity', points: lacePointsForComorbidity(total), value: String(total) },
    inputs: parts.flatMap(({ inputs }) => inputs),
  }
}

/** Of the six months before the stay, without the visit that led to it: it ended on the day the stay began. */
function visitsPart(stay: InpatientStay, visits: readonly EmergencyVisit[]): PublishedPart {
  const from = monthsBefore(stay.start, 6)
  const counted = visits.filter(({ day, until = day }) => day >= from && until < stay.start)
  return {
    ...{ code: 'emergency', points: lacePointsForVisits(counted.length) },
    value: String(counted.length),
    inputs: counted.map(({ record, display, day }) => ({ record, code: '', display, date: day })),
  }
}

/** The same day of an earlier month, or its last day (`2026-08-31` less six months is `2026-02-28`). */
function monthsBefore(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate()
  return reckonedDay(Date.UTC(year, month - 1 - months, Math.min(date, last)))
}
