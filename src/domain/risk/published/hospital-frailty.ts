import { ageOn } from '#domain/calendar/age.ts'
import { inputsByGroup, unreadIn, weightedParts } from '#domain/risk/coded/coded-groups.ts'
import { hospitalFrailtyPoints } from '#domain/risk/coded/hospital-frailty-points.ts'
import { hospitalDiagnoses, type InpatientStay } from './inpatient-stays.ts'
import { notWorkedOut, type PublishedScore, summed } from './published-score.ts'

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
  stays: readonly InpatientStay[],
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
