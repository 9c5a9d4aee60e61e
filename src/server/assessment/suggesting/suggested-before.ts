import type { Resource, Task } from '@medplum/fhirtypes'
import { isAnswerSuggestion, ruleFindingIn, suggestionFromFhir } from '#domain/suggestion/fhir.ts'
import type { AnswerPlace, GivenAnswer } from '#server/assessment/given-answers.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { storedRecord } from '#server/store/stored-json.ts'

/**
 * What was suggested from answers of this person so far, and can be read by everybody who reads these answers: what is
 * hidden from some of them must not keep a suggestion from them.
 */
export async function suggestedBefore(
  { service }: Pick<AnswerPlace, 'service'>,
  { person, resource }: Pick<GivenAnswer, 'person' | 'resource'>,
): Promise<readonly Task[]> {
  const { rows } = await service.sql.query<{ content: Task | string }>(
    `select content from resource where person = $1 and rt = 'Task' and content is not null
       and content ->> 'intent' = 'proposal'`,
    [person],
  )
  const labels = codesOn(resource)
  return rows
    .map(({ content }) => storedRecord<Task>(content))
    .filter(
      (task) => isAnswerSuggestion(task) && [...codesOn(task)].every((each) => labels.has(each)),
    )
}

const codesOn = ({ meta }: Resource) => new Set((meta?.security ?? []).map(({ code }) => code))

/**
 * Whether the same rule has said so already: it still waits for a decision, it was dismissed for the same finding, or
 * what it became is still going on.
 */
export async function wasSaid(
  { service }: Pick<AnswerPlace, 'service'>,
  before: readonly Task[],
  { code, finding }: Readonly<{ code: string; finding: string }>,
): Promise<boolean> {
  const byRule = before
    .filter(({ status }) => status !== 'entered-in-error')
    .map((task) => ({ ...suggestionFromFhir(task), finding: ruleFindingIn(task) }))
    .filter((each) => each.code === code)
  const isSame = (each: (typeof byRule)[number]) =>
    each.state === 'open' || (each.state === 'dismissed' && each.finding === finding)
  if (byRule.some(isSame)) return true
  const taken = byRule.filter(({ state }) => state === 'accepted')
  const going = await Promise.all(taken.map(({ became }) => goesOn(service, became)))
  return going.includes(true)
}

async function goesOn(
  { store }: AnswerPlace['service'],
  became: string | undefined,
): Promise<boolean> {
  const [type, id] = became?.split('/') ?? []
  if (!type || !id) return false
  const stored = await store.read(type as Resource['resourceType'], id, everyone)
  return stored?.resource !== undefined && isGoingOn(stored.resource)
}

const over: readonly string[] = [
  ...['completed', 'rejected', 'failed', 'cancelled', 'entered-in-error', 'revoked'],
]

function isGoingOn(resource: Resource): boolean {
  switch (resource.resourceType) {
    case 'Condition':
      return resource.clinicalStatus?.coding?.every(({ code }) => code !== 'resolved') ?? true
    case 'Goal':
      return ![...over, 'accomplished'].includes(resource.lifecycleStatus)
    case 'Task':
    case 'ServiceRequest':
      return !over.includes(resource.status ?? '')
    default:
      return false
  }
}
