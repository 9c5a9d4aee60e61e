import type { CarePlan, Resource, Task } from '@medplum/fhirtypes'
import { dayIn } from '#domain/calendar/zone.ts'
import { hasSameContent } from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { isPlan, planFromFhir } from '#domain/plan/fhir.ts'
import { livingPlan } from '#domain/plan/living-plan.ts'
import { dueByRule, dueRuleOf, longestDueRule } from '#domain/task/due-rule.ts'
import { isReferralTask, isStaffTask } from '#domain/task/fhir.ts'
import { isTodayClaim } from '#domain/today/claim.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { storedRecord } from '#server/store/stored-json.ts'

type Facts = Readonly<{ before: Resource | undefined; person: string | undefined }>

/**
 * A task as it is stored. What a colleague has taken nobody takes for themselves: it is passed on, with a reason. A day
 * that a rule sets is worked out here. Who has taken a line of Today is written by `$take-today` alone. Throws 403, 409
 * and 422.
 */
export async function keepTask(
  context: RequestContext,
  resource: ResourceWithId,
  { before, person }: Facts,
): Promise<ResourceWithId> {
  if (resource.resourceType !== 'Task') return resource
  const prior = before?.resourceType === 'Task' ? before : undefined
  if (isTodayClaim(resource) || (prior && isTodayClaim(prior)))
    throw forbidden('Who looks after a line of Today is said with $take-today')
  if (prior) mustBeFree(context, resource, prior)
  return isStaffTask(resource) ? await datedTask(context, resource, { prior, person }) : resource
}

const isTaken = ({ status }: Task) => status === 'accepted' || status === 'in-progress'

function mustBeFree({ actor }: RequestContext, task: Task, prior: Task): void {
  if (isReferralTask(task) || !isTaken(prior) || !isTaken(task)) return
  const { reference = '', display = 'A colleague' } = prior.owner ?? {}
  const me = `Practitioner/${actor.practitioner}`
  if (!reference.startsWith('Practitioner/') || reference === me) return
  if (task.owner?.reference !== me) return
  throw new FhirProblem(409, 'conflict', `${display} has it now`, { expression: 'Task.owner' })
}

async function datedTask(
  context: RequestContext,
  task: Task & { id: string },
  { prior, person }: Readonly<{ prior: Task | undefined; person: string | undefined }>,
): Promise<Task & { id: string }> {
  const rule = dueRuleOf(task)
  if (!rule || !person) return task
  if (!Number.isInteger(rule.days) || rule.days < 0 || rule.days > longestDueRule)
    throw new FhirProblem(
      ...([422, 'business-rule'] as const),
      `Say a number of days between 0 and ${longestDueRule}`,
      { expression: 'Task.extension' },
    )
  if (prior && hasSameContent(dueRuleOf(prior), rule)) return withStandingDay(task, prior)
  return withDay(task, dueByRule(rule, await dayFacts(context, person)))
}

/** The same rule again, without a day: a retry takes no day away. */
const withStandingDay = <T extends Task>(task: T, { restriction }: Task): T =>
  restriction && !task.restriction?.period?.end ? { ...task, restriction } : task

/** The day of a rule, in place of any other. */
export function withDay<T extends Task>(task: T, end: string | undefined): T {
  const { restriction, ...rest } = task
  if (!end) return rest as T
  return {
    ...(rest as T),
    restriction: { ...restriction, period: { ...restriction?.period, end } },
  }
}

/** Today, and the day of the next review of the plan in use. */
export async function dayFacts({ service, now, zone }: RequestContext, person: string) {
  const { rows } = await service.sql.query<{ id: string; content: unknown }>(
    `select id, content from resource where rt = 'CarePlan' and person = $1 and content is not null
       and content ->> 'status' in ('active', 'draft') order by rid`,
    [person],
  )
  const plans = rows
    .map(({ id, content }) => ({ ...(storedRecord(content) as CarePlan), id }))
    .filter(isPlan)
  const plan = livingPlan(plans, undefined)
  return { today: dayIn(zone, now), reviewOn: plan && planFromFhir(plan).reviewOn }
}
