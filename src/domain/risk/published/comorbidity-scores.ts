import { ageOn } from '#domain/calendar/age.ts'
import { type CharlsonGroup, groupsOfIcd10, overrules } from '#domain/risk/charlson-groups.ts'
import type { CodedCondition } from '#domain/risk/evidence.ts'
import { inputsByGroup, unreadIn, weightedParts } from './coded-groups.ts'
import { elixhauserGroupsOf, elixhauserOverrules, vanWalravenPoints } from './elixhauser-groups.ts'
import { hospitalFrailtyPoints } from './hospital-frailty-points.ts'
import { notWorkedOut, type PublishedScore, summed } from './published-score.ts'
import { type HospitalStay, hospitalDiagnoses } from './stays.ts'

/** Weights of Quan 2011 (Am J Epidemiol 173:676), newly estimated on deaths within a year of discharge; no age. */
const quan2011: Readonly<Record<CharlsonGroup, number>> = {
  ...{ mi: 0, chf: 2, pvd: 0, cevd: 0, dementia: 2, cpd: 1, rheumd: 1, pud: 0, mld: 2, diab: 0 },
  ...{ diabwc: 1, hp: 2, rend: 1, canc: 2, msld: 4, metacanc: 6, aids: 4 },
}

type Recorded = Readonly<{ conditions: readonly CodedCondition[] }>

const counted = ({ conditions }: Recorded) => conditions.filter(({ left }) => !left)
const noBand = () => ''

/** Charlson groups of the record with the weights of 2011. Published without bands. */
export function charlsonQuan2011(recorded: Recorded): PublishedScore {
  const about = {
    version: 'Quan 2011 weights, ICD-10 groups of Quan 2005',
    source: 'doi 10.1093/aje/kwq433',
  }
  const conditions = counted(recorded)
  const unmapped = unreadIn(conditions)
  if (recorded.conditions.length === 0)
    return { ...about, ...notWorkedOut(['conditions']), unmapped }
  const parts = weightedParts({
    found: inputsByGroup(conditions, groupsOfIcd10),
    ...{ points: quan2011, overrules },
  })
  return { ...about, ...unbanded(parts), unmapped }
}

/** Elixhauser groups of the record with the points of van Walraven 2009; below zero is possible. */
export function elixhauserVanWalraven(recorded: Recorded): PublishedScore {
  const about = {
    version: 'van Walraven 2009 points, ICD-10 groups of Quan 2005',
    source: 'doi 10.1097/MLR.0b013e31819432e5',
  }
  const conditions = counted(recorded)
  const unmapped = unreadIn(conditions)
  if (recorded.conditions.length === 0)
    return { ...about, ...notWorkedOut(['conditions']), unmapped }
  const parts = weightedParts({
    found: inputsByGroup(conditions, elixhauserGroupsOf),
    ...{ points: vanWalravenPoints, overrules: elixhauserOverrules },
  })
  return { ...about, ...unbanded(parts), unmapped }
}

function unbanded(parts: PublishedScore['parts']) {
  const { band: _, ...rest } = summed({ parts, bandOf: noBand })
  return { ...rest, caveats: [] }
}

/** Bands of Gilbert 2018: below 5 low, 5 to 15 intermediate, above 15 high. */
export function hospitalFrailtyBand(score: number): 'low' | 'intermediate' | 'high' {
  if (score < 5) return 'low'
  return score <= 15 ? 'intermediate' : 'high'
}

const aboutFrailty = {
  version: 'Gilbert 2018, diagnoses of stays in the last two years',
  source: 'doi 10.1016/S0140-6736(18)30668-8',
}

/** Published for people aged 75 and over who have been in hospital; each category counts once. */
export function hospitalFrailty(
  stays: readonly HospitalStay[],
  { day, birthDate }: Readonly<{ day: string; birthDate?: string | undefined }>,
): PublishedScore {
  const diagnoses = hospitalDiagnoses(stays, day)
  const unmapped = unreadIn(diagnoses)
  if (diagnoses.length === 0)
    return {
      ...{ ...aboutFrailty, unmapped },
      ...notWorkedOut([stays.length === 0 ? 'hospital-stay' : 'hospital-diagnoses']),
    }
  const found = inputsByGroup(diagnoses, (icd10) => {
    const category = icd10.slice(0, 3)
    return hospitalFrailtyPoints.has(category) ? [category] : []
  })
  const points = Object.fromEntries(hospitalFrailtyPoints)
  return {
    ...{ ...aboutFrailty, unmapped },
    ...summed({ parts: weightedParts({ found, points }), bandOf: hospitalFrailtyBand }),
    caveats: ageCaveats(ageOn(birthDate, day)),
  }
}

function ageCaveats(age: number | undefined): readonly string[] {
  if (age === undefined) return ['age-unknown']
  return age < 75 ? ['under-75'] : []
}
