import type { Resource, Task } from '@medplum/fhirtypes'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { hasSameContent } from '#domain/fhir/references-and-extensions.ts'
import { isAnswerSuggestion, suggestionFromFhir } from '#domain/suggestion/fhir.ts'
import type { Suggestion } from '#domain/suggestion/suggestion.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'

type Where = Readonly<{ person: string | undefined; before: Resource | undefined }>

/**
 * A suggestion from answers is made by the service, and keeps its words and its source. It is accepted together with the
 * record that it becomes, dismissed with a reason, or marked as an error; each of these stays. Throws 422.
 */
export async function guardSuggestion(
  context: RequestContext,
  task: Task,
  { person, before }: Where,
): Promise<void> {
  if (isAnswerSuggestion(before)) return await mustFollow(context, task, { person, before })
  if (isAnswerSuggestion(task)) throw refused('The service makes suggestions from answers')
}

async function mustFollow(
  context: RequestContext,
  task: Task,
  { person, before }: Where & Readonly<{ before: Task }>,
): Promise<void> {
  if (changedElements(before, task).length === 0) return
  if (before.status === 'entered-in-error')
    throw refused('This suggestion was made by mistake, and stays so')
  const [was, is] = [suggestionFromFhir(before), suggestionFromFhir(task)]
  if (!isAnswerSuggestion(task) || !keepsWords(before, task))
    throw refused('A suggestion keeps its words, its reason and the answers that it came from')
  if (was.state === 'open') return await mustBeDecidable(context, is, person)
  const isVoided = task.status === 'entered-in-error'
  if (isVoided || is.state !== was.state || is.became !== was.became)
    throw refused('Somebody has decided about this suggestion already')
}

async function mustBeDecidable(
  context: RequestContext,
  { state, reason, became }: Suggestion,
  person: string | undefined,
): Promise<void> {
  if (state === 'dismissed' && !reason?.trim())
    throw refused('Say why the suggestion is dismissed (statusReason)')
  if (state === 'accepted' && !(await isThere(context, became, person)))
    throw refused('Write the record that the suggestion becomes, and name it (focus)')
}

const keepsWords = (before: Task, after: Task) =>
  before.description === after.description &&
  hasSameContent(before.reasonReference, after.reasonReference) &&
  hasSameContent(before.reasonCode, after.reasonCode) &&
  hasSameContent(before.input, after.input)

/** A record of the same person, here or in the same request. */
async function isThere(
  { service, pendingWrites }: RequestContext,
  reference: string | undefined,
  person: string | undefined,
): Promise<boolean> {
  const [type, id] = reference?.split('/') ?? []
  if (!type || !id) return false
  if (pendingWrites.has(`${type}/${id}`)) return true
  const stored = await service.store.read(type as Resource['resourceType'], id, everyone)
  return stored?.resource !== undefined && stored.person === person
}

const refused = (words: string) =>
  new FhirProblem(422, 'business-rule', words, { expression: 'Task' })
