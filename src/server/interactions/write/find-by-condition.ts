import { auditQueryIn } from '#server/audit/audit-query.ts'
import { smartSearchScope } from '#server/authorization/smart-scopes.ts'
import { noteShown, type RequestContext } from '#server/http/request-context.ts'
import { rememberQuery, rememberReference } from '#server/http/request-memory.ts'
import { refuseUnverifiedNumbers } from '#server/integrity/refuse-unverified-numbers.ts'
import { FhirProblem } from '#server/problem.ts'
import { isResultParameter } from '#server/store/search/result-parameters.ts'
import type { WriteResult } from '#server/store/store.ts'

/** The id of the one record that a condition finds; 412 if it finds several. */
export async function findByCondition(
  context: RequestContext,
  type: string,
  condition: string,
): Promise<string | undefined> {
  const found = await findAllByCondition(context, type, condition, 2)
  if (found.length > 1) {
    throw new FhirProblem(412, 'multiple-matches', 'The condition finds more than one record')
  }
  return found[0]
}

/** The ids of the records, at most so many, that a condition finds. */
export async function findAllByCondition(
  context: RequestContext,
  type: string,
  condition: string,
  most: number,
): Promise<readonly string[]> {
  const query = new URLSearchParams(condition.replace(/^[^?]*\?/, ''))
  rememberQuery(context, auditQueryIn(`${type}?${query}`))
  if (![...query.keys()].some((name) => !isResultParameter(name)))
    throw new FhirProblem(412, 'invalid', 'The condition is empty')
  await refuseUnverifiedNumbers(context, query)
  const found = await context.store.match(type, query, smartSearchScope(context, type), most)
  // whatever the outcome, a refusal reveals that these exist
  for (const id of found) rememberReference(context, `${type}/${id}`)
  return found
}

/** The record itself, as the answer to a create that is not needed. */
export async function recordByCondition(
  context: RequestContext,
  type: string,
  condition: string,
): Promise<WriteResult | undefined> {
  const id = await findByCondition(context, type, condition)
  if (!id) return undefined
  const stored = await context.store.read(type, id, context.accessScope.scope)
  if (stored?.resource) await noteShown(context, [{ ...stored.resource, id }], 'create')
  return stored && { kept: stored, outcome: 'unchanged' }
}
