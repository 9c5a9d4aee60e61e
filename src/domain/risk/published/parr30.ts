import { ageOn } from '#domain/calendar/age.ts'
import { addDays } from '#domain/calendar/days.ts'
import { type CharlsonGroup, groupsOfIcd10, overrules } from '#domain/risk/charlson-groups.ts'
import { inputsByGroup, unreadIn, weightedParts } from '#domain/risk/coded/coded-groups.ts'
import { hospitalDiagnoses, type InpatientStay, stayInput } from './inpatient-stays.ts'
import { notWorkedOut, type PublishedPart, type PublishedScore } from './published-score.ts'

const about = {
  version: 'Billings 2012, not adjusted for the hospital',
  source: 'BMJ Open 2012;2:e001667, doi 10.1136/bmjopen-2012-001667',
}

const intercept = -2.91821
const perYearSquared = 0.000060581
const perStayBefore = 0.1215
const anyInLastMonth = 0.5258
const nowEmergency = 0.5565

/**
 * Coefficients of conditions, diagnosed in hospital in the last two years. Which belongs to which rests on one public
 * reading of the paper: unverified.
 */
const ofCondition: Readonly<Partial<Record<CharlsonGroup, number>>> = {
  ...{ chf: 0.095, pvd: 0.1043, cpd: 0.2243, diabwc: 0.1457, rend: 0.1977, metacanc: 0.2762 },
  ...{ canc: 0.5069, msld: 0.2673, mld: 0.2133, hp: 0.1061, dementia: 0.0467 },
}

/** By the score of the Index of Multiple Deprivation of the person’s neighbourhood. */
export function parrDeprivation(imd: number): number {
  const steps = [
    [10, 0],
    [15, 0.0209],
    [25, 0.0239],
    [40, 0.0661],
    [50, 0.1017],
  ] as const
  return steps.find(([below]) => imd < below)?.[1] ?? 0.0982
}

const lowestDeprivation = 0
const highestDeprivation = 0.1017

type At = Readonly<{
  stays: readonly InpatientStay[]
  day: string
  birthDate?: string | undefined
  /** score of the Index of Multiple Deprivation, 0 to about 93 */
  deprivation?: number | undefined
}>

/** PARR-30 of the stay that goes on, otherwise of the last one: the chance of an emergency return within 30 days. */
export function parr30({ stays, day, birthDate, deprivation }: At): PublishedScore {
  const stay = stays.at(-1)
  const age = stay && ageOn(birthDate, stay.start)
  if (!stay || age === undefined)
    return {
      ...about,
      ...notWorkedOut([...(stay ? [] : ['hospital-stay']), ...(birthDate ? [] : ['birth-date'])]),
      unmapped: 0,
    }
  const until = stay.end ?? day
  const diagnoses = hospitalDiagnoses(stays, until)
  const parts = [
    { code: 'age', points: perYearSquared * age ** 2, value: String(age), inputs: [] },
    ...earlierStays(stay, stays),
    {
      ...{ code: 'acute', points: stay.isEmergency ? nowEmergency : 0 },
      inputs: [stayInput(stay)],
    },
    ...weightedParts({
      found: inputsByGroup(diagnoses, groupsOfIcd10),
      ...{ points: ofCondition, overrules },
    }).filter(({ code }) => code in ofCondition),
  ]
  const known = parts.reduce((sum, { points }) => sum + points, intercept)
  return {
    ...about,
    ...chances(known, parts, deprivation),
    caveats: [
      'not-adjusted-for-hospital',
      'coefficients-unverified',
      ...(stay.isKindSaid ? [] : ['admission-kind-assumed-emergency']),
    ],
    unmapped: unreadIn(diagnoses),
    asOf: until,
  }
}

/** Emergency stays of the year before this one, without childbirth; and whether one was in the month before. */
function earlierStays(
  stay: InpatientStay,
  stays: readonly InpatientStay[],
): readonly PublishedPart[] {
  const before = stays.filter(
    (each) =>
      each.record !== stay.record &&
      each.isEmergency &&
      !each.isObstetric &&
      each.start >= addDays(stay.start, -365) &&
      each.start < stay.start,
  )
  const lately = before.filter((each) => (each.end ?? each.start) >= addDays(stay.start, -30))
  const count = before.length
  return [
    {
      ...{ code: 'stays-before', points: perStayBefore * count, value: String(count) },
      inputs: before.map(stayInput),
    },
    {
      ...{ code: 'in-last-30-days', points: lately.length > 0 ? anyInLastMonth : 0 },
      inputs: lately.map(stayInput),
    },
  ]
}

/** A chance from 0 to 1, to a tenth of a per cent. */
const chance = (logit: number): number => Math.round(1000 / (1 + Math.exp(-logit))) / 1000

function chances(known: number, parts: readonly PublishedPart[], deprivation: number | undefined) {
  if (deprivation === undefined)
    return {
      lowest: chance(known + lowestDeprivation),
      highest: chance(known + highestDeprivation),
      ...{ parts, missing: ['deprivation'] },
    }
  const points = parrDeprivation(deprivation)
  const part = { code: 'deprivation', points, value: String(deprivation), inputs: [] }
  return { score: chance(known + points), parts: [...parts, part], missing: [] }
}
