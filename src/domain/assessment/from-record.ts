import type { Patient, QuestionnaireResponse } from '@medplum/fhirtypes'
import { ageOn } from '#domain/calendar/age.ts'
import { latestOf } from './expressions/certain-age.ts'
import type { FormAnswers } from './form.ts'
import { instruments } from './instruments.ts'
import { fromResponse } from './response.ts'

/** What the record says about a person that a questionnaire asks again. */
export type Recorded = Readonly<{
  birthDate?: string | undefined
  gender?: Patient['gender'] | undefined
}>

const moreThan85 = '1'
const male = '2'

/**
 * The answers that the record itself gives, on a day (`YYYY-MM-DD`): PRISMA-7 asks "more than 85 years old" (86 or
 * older) and "male" (Raîche 2008). A question of which the record is not certain, because it has no day of birth or no
 * sex of male or female, is asked.
 */
export function answersFromRecord(url: string, recorded: Recorded, day: string): FormAnswers {
  if (url !== instruments.prisma7.url) return {}
  const { birthDate, gender } = recorded
  const isOld = isMoreThan85(birthDate, day)
  return {
    ...(isOld === undefined ? {} : { [moreThan85]: [isOld] }),
    ...(gender === 'male' || gender === 'female' ? { [male]: [gender === 'male'] } : {}),
  }
}

/** Undefined while it depends on an unknown month or day. */
function isMoreThan85(birthDate: string | undefined, day: string): boolean | undefined {
  const oldest = ageOn(birthDate, day)
  const youngest = ageOn(latestOf(birthDate), day)
  if (oldest === undefined || youngest === undefined) return undefined
  return youngest > 85 === oldest > 85 ? oldest > 85 : undefined
}

export type Contradiction = Readonly<{ linkId: string; said: boolean; recorded: boolean }>

/** Finished answers that contradict the record. */
export function contradictionsIn(
  response: QuestionnaireResponse,
  recorded: Recorded,
  day: string,
): readonly Contradiction[] {
  if (response.status !== 'completed' && response.status !== 'amended') return []
  const [url = ''] = (response.questionnaire ?? '').split('|')
  const said = fromResponse(response)
  return Object.entries(answersFromRecord(url, recorded, day)).flatMap(([linkId, [known]]) => {
    const given = said[linkId]?.find((each) => typeof each === 'boolean' && each !== known)
    return typeof given === 'boolean' && typeof known === 'boolean'
      ? [{ linkId, said: given, recorded: known }]
      : []
  })
}
