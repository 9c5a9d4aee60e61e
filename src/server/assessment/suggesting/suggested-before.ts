import type { Resource, Task } from '@medplum/fhirtypes'
import type { RuleProposal } from '#domain/suggestion/answer-rule/answer-rule.ts'
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
  const { rows } = await service.sql.query<{ id: string; content: Task | string }>(
    `select id, content from resource where person = $1 and rt = 'Task' and content is not null
       and content ->> 'intent' = 'proposal'`,
    [person],
  )
  const labels = codesOn(resource)
  return rows
    .map(({ id, content }) => ({ ...storedRecord<Task>(content), id }))
    .filter(
      (task) => isAnswerSuggestion(task) && [...codesOn(task)].every((each) => labels.has(each)),
    )
}

export const codesOn = ({ meta }: Resource) =>
  new Set((meta?.security ?? []).map(({ code }) => code))

/**
 * So long a no to a finding counts: after that the same finding is another episode. Our own choice.
 * @unverified answer-rule
 */
const daysOfNo = 28

/** The suggestion of this rule that waits for a decision. */
export const waitingOf = (before: readonly Task[], code: string): Kept | undefined =>
  before.find((task): task is Kept => {
    const { state, code: of } = suggestionFromFhir(task)
    return task.status !== 'entered-in-error' && state === 'open' && of === code
  })

type Kept = Task & { id: string }

/**
 * Whether the same rule has said so already: it was dismissed for the same finding a short time ago, or what it became is
 * still going on. What has to be done on the same day is said each time.
 */
export async function wasSaid(
  { service, now }: Pick<AnswerPlace, 'service' | 'now'>,
  before: readonly Task[],
  { rule, finding }: Pick<RuleProposal, 'rule' | 'finding'>,
): Promise<boolean> {
  const byRule = before
    .filter(({ status }) => status !== 'entered-in-error')
    .map((task) => ({
      ...{ ...suggestionFromFhir(task), finding: ruleFindingIn(task) },
      decided: Date.parse(task.lastModified ?? task.authoredOn ?? ''),
    }))
    .filter((each) => each.code === rule.code)
  const since = Number(now) - (rule.days === 0 ? 0 : daysOfNo * 86_400_000)
  const isNo = (each: (typeof byRule)[number]) =>
    each.state === 'dismissed' && each.finding === finding && each.decided > since
  if (byRule.some(isNo)) return true
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
