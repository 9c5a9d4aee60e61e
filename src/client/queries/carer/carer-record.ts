import type { Consent, Observation, QuestionnaireResponse } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { clockToday, now } from '#client/clock.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { createOnce } from '#client/fhir/create-once.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import { writtenNow } from '#client/queries/care-plan/plan.ts'
import type { AnswerMarks } from '#domain/assessment/shape/answer-marks.ts'
import type {
  CarerAssessment,
  CarerDecision,
  CarerFindings,
} from '#domain/carer/carer-assessment.ts'
import {
  carerAssessmentFromFhir,
  carerAssessmentToFhir,
  eligibilityDecisionFromFhir,
  eligibilityDecisionToFhir,
} from '#domain/carer/carer-assessment-fhir.ts'
import {
  type CarerShares,
  carerSharesId,
  carerSharesIn,
  carerSharesToFhir,
  sharesChanged,
} from '#domain/carer/carer-shares.ts'
import { type CarerWords, carerWordsFromFhir, carerWordsToFhir } from '#domain/carer/carer-words.ts'
import { carerWordsCode } from '#domain/carer/carer-words-code.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'

/** What somebody’s own record says about them as a carer; newest first. */
export type CarerRecord = Readonly<{
  words: readonly CarerWords[]
  assessments: readonly CarerAssessment[]
  decisions: readonly CarerDecision[]
  consents: readonly Consent[]
}>

const codes = [carerWordsCode, 'carer-eligibility']
  .map((code) => `${gableCodeSystem}|${code}`)
  .join(',')

const newestFirst = (one: Readonly<{ at: string }>, other: Readonly<{ at: string }>) =>
  other.at.localeCompare(one.at)

export const carerRecordQuery = (person: string) =>
  queryOptions({
    queryKey: ['carer-record', person],
    meta: { kinds: ['Observation', 'QuestionnaireResponse', 'Consent'] },
    queryFn: async ({ signal }): Promise<CarerRecord> => {
      const patient = `Patient/${person}`
      const [observations, responses, consents] = await Promise.all([
        allRecords('Observation', { patient, code: codes }, signal),
        allRecords('QuestionnaireResponse', { patient }, signal),
        allRecords('Consent', { patient }, signal),
      ])
      return {
        ...made(observations, responses),
        consents,
      }
    },
  })

const made = (
  observations: readonly Observation[],
  responses: readonly QuestionnaireResponse[],
): Omit<CarerRecord, 'consents'> => ({
  words: observations.flatMap((each) => carerWordsFromFhir(each) ?? []).toSorted(newestFirst),
  assessments: responses
    .flatMap((each) => carerAssessmentFromFhir(each) ?? [])
    .toSorted(newestFirst),
  decisions: observations
    .flatMap((each) => eligibilityDecisionFromFhir(each) ?? [])
    .toSorted(newestFirst),
})

/** What a carer shows of themselves in one part that they have. */
export const sharesIn = ({ consents }: CarerRecord, carer: string): CarerShares =>
  carerSharesIn(consents, { carer, day: clockToday() })

export async function saveCarerShares(
  person: string,
  carer: string,
  change: Readonly<{ from: CarerShares; to: CarerShares }>,
): Promise<void> {
  const at = now().toISOString()
  const onto = (current: Consent | undefined) => {
    const standing = carerSharesIn(current ? [current] : [], { carer, day: clockToday() })
    const shares = sharesChanged(standing, change)
    return carerSharesToFhir({ person, carer, shares, at })
  }
  await saveTogether({
    edits: [
      {
        ...{ type: 'Consent', id: carerSharesId(carer) },
        onto: (current) => {
          const share = onto(current?.resourceType === 'Consent' ? current : undefined)
          return { ...share, ...(current?.meta ? { meta: current.meta } : {}) }
        },
      },
    ],
  })
  await noteChangeEvent(['Consent'])
}

/** A retry after a lost answer finds the same words, with the service’s own moment. */
const datedThere = { dated: ['effectiveDateTime', 'component'] } as const

export async function saveCarerWords(
  said: Readonly<{ id: string; person: string; words: string; heavy: number | undefined }>,
): Promise<void> {
  const words = carerWordsToFhir({ ...said, ...writtenNow(said.person) })
  await createOnce(words, datedThere)
  await noteChangeEvent(['Observation'])
}

type Assessing = CarerFindings &
  Readonly<{ id: string; person: string; isDone: boolean; takenOver: AnswerMarks }>

/** Saves an assessment, finished or not; the same one again under its id. */
export async function saveCarerAssessment(assessing: Assessing): Promise<void> {
  const assessment = { ...assessing, ...writtenNow(assessing.person) }
  await saveTogether({
    edits: [
      {
        ...{ type: 'QuestionnaireResponse', id: assessing.id },
        onto: (current) =>
          carerAssessmentToFhir(
            assessment,
            current?.resourceType === 'QuestionnaireResponse' ? current : undefined,
          ),
      },
    ],
  })
  await noteChangeEvent(['QuestionnaireResponse'])
}

export async function saveCarerDecision(
  decision: Omit<CarerDecision, 'by' | 'at' | 'version' | 'workedOut'>,
): Promise<void> {
  const decided = eligibilityDecisionToFhir({ ...decision, ...writtenNow(decision.person) })
  await createOnce(decided, datedThere)
  await noteChangeEvent(['Observation'])
}
