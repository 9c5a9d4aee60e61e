import type {
  Meta,
  Observation,
  Questionnaire,
  QuestionnaireResponse,
  Reference,
} from '@medplum/fhirtypes'
import { closedAs } from '#domain/access/labels/closed-as.ts'
import { phq9Item9 } from '#domain/assessment/instruments.ts'
import { item9Observed, type Phq9Value, phq9AnswersIn } from '#domain/assessment/phq9.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { sha256Hex } from '#server/sha256.ts'
import type { Expectation, WriteRequest } from '#server/store/store.ts'

export type GivenAnswers = QuestionnaireResponse | Observation

/** Answers that have just been written about a person. */
export type GivenAnswer = Readonly<{
  resource: GivenAnswers & { id: string }
  version: number
  act: 'C' | 'U'
  person: string
}>

/** Where answers are processed: a request, or the start of a new version. */
export type AnswerPlace = Pick<RequestContext, 'now' | 'zone' | 'pendingWrites'> &
  Readonly<{ service: Pick<RequestContext['service'], 'store' | 'sql'>; isImport: boolean }>

export type AnswersContext = Readonly<{
  context: AnswerPlace
  given: GivenAnswer
  formOf: (response: QuestionnaireResponse) => Promise<Questionnaire | undefined>
}>

/** What the service writes because of them. */
export type AskedAnswer = Pick<WriteRequest, 'resource' | 'expect'>

/**
 * The condition for writing where nothing exists yet: an import may bring the same record with more in it (who closed
 * it, and why), and may replace ours.
 */
export const whereNone = ({ isImport }: AnswerPlace): Expectation =>
  isImport ? 'brought' : 'anything'

/** Ids have 64 characters at most: a longer one is replaced by its hash. */
export function shortId(id: string): string {
  return id.length <= 64 ? id : `${id.split('-')[0]}-${sha256Hex(id).slice(0, 48)}`
}

/** Nobody is the author of what the service derives from answers: it names the rule that made it. */
export const byRule = (rule: string): Reference => ({
  ...{ type: 'Device', display: `Gable, by the rule of ${rule}` },
})

/** What follows from answers is as restricted as they are: it has their labels. */
export const asClosedAs = (
  given: Readonly<{ meta?: Meta | undefined }>,
  derived: AskedAnswer,
): AskedAnswer => ({
  ...derived,
  resource: closedAs(given, derived.resource),
})

/** When they were given, as the record says. */
export function takenAt(resource: GivenAnswers): string | undefined {
  if (resource.resourceType === 'QuestionnaireResponse') return resource.authored
  return (
    resource.effectiveDateTime ??
    resource.effectiveInstant ??
    resource.effectivePeriod?.end ??
    resource.effectivePeriod?.start ??
    resource.issued
  )
}

const unsaid = ['entered-in-error', 'cancelled']

/** The answers to item 9 of PHQ-9, wherever they are nested. */
export async function item9In(
  formOf: AnswersContext['formOf'],
  resource: GivenAnswers,
): Promise<readonly Phq9Value[]> {
  if (unsaid.includes(resource.status)) return []
  if (resource.resourceType === 'Observation') return item9Observed(resource)
  return phq9AnswersIn(resource, await formOf(resource)).get(phq9Item9) ?? []
}
