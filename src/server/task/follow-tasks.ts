import type { CarePlan, Resource, Task } from '@medplum/fhirtypes'
import { dayIn } from '#domain/calendar/zone.ts'
import { extensionOf, given, idIn, whoFrom } from '#domain/fhir/references-and-extensions.ts'
import { dueByRule, dueRuleOf, nextDue, repeatOf } from '#domain/task/due-rule.ts'
import { newTask, taskFromFhir } from '#domain/task/fhir.ts'
import { asClosedAs } from '#server/assessment/given-answers.ts'
import type { ProvenanceEntry } from '#server/audit/provenance.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { sha256Hex } from '#server/sha256.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { diedSql } from '#server/store/summary/case-sql.ts'
import { keepByRule } from './keep-by-rule.ts'
import { dayFacts, withDay } from './keep-task.ts'

type Kept = Task & { id: string }

/**
 * What follows from tasks and plans that were written: the next one of a task that repeats, in the transaction in which
 * it was done, and none if that is undone; and the day of what is due before a review that was moved.
 */
export async function followTasks(
  context: RequestContext,
  authored: readonly ProvenanceEntry[],
): Promise<void> {
  for (const { resource, before, act, person } of authored) {
    if (act === 'D' || !person) continue
    if (resource.resourceType === 'Task')
      await keepByRule(
        context,
        person,
        await nextOf(context, resource as Kept, before as Task | undefined),
      )
    if (hasMovedReview(resource, before))
      await keepByRule(context, person, await movedWithReview(context, person))
  }
}

/** A plan with another review, or of another standing, so that another plan may be the one in use. */
function hasMovedReview(resource: Resource, before: Resource | undefined): boolean {
  if (resource.resourceType !== 'CarePlan') return false
  const prior = before?.resourceType === 'CarePlan' ? before : undefined
  return prior?.status !== resource.status || reviewDayOf(prior) !== reviewDayOf(resource)
}

const reviewDayOf = (plan: CarePlan | undefined) =>
  plan && extensionOf(plan, 'review-on')?.valueDate

/** More follows from it than a new version of a plan. */
export const comesAgain = (resource: Resource): boolean =>
  resource.resourceType === 'Task' && repeatOf(resource) !== undefined

const nextIdOf = (id: string) => `next-${sha256Hex(`next ${id}`).slice(0, 32)}`

async function nextOf(
  context: RequestContext,
  task: Kept,
  before: Task | undefined,
): Promise<readonly Kept[]> {
  const weeks = repeatOf(task)
  const isDone = task.status === 'completed'
  if (!weeks || isDone === (before?.status === 'completed')) return []
  const id = nextIdOf(task.id)
  const stored = await context.service.store.read('Task', id, everyone)
  const standing = stored?.resource as Kept | undefined
  if (standing) return movedOn(standing, isDone)
  if (stored || !isDone || (await hasDied(context, idIn(task.for?.reference)))) return []
  const { person, what, owner, dueOn, askedBy } = taskFromFhir(task, context.zone)
  const due = nextDue(dueOn, weeks, dayIn(context.zone, context.now))
  const by = askedBy ?? whoFrom(task.requester)
  const at = context.now.toISOString()
  if (!by) return []
  const asked = { id, person, what, dueOn: due, repeats: weeks, ...given('owner', owner) }
  return [asBefore(newTask(asked, { by, at }), task)]
}

/** As closed to others as the one before it, and done for the same: it ends with the same referral. */
function asBefore(next: Kept, { meta, basedOn, focus }: Kept): Kept {
  const { resource } = asClosedAs({ meta }, { resource: next, expect: 'anything' })
  return { ...(resource as Kept), ...given('basedOn', basedOn), ...given('focus', focus) }
}

/** Withdrawn when the one before it is not done after all, and nobody has begun it; asked for again when it is. */
function movedOn(next: Kept, isDone: boolean): readonly Kept[] {
  if (taskFromFhir(next).deeds.length > 0) return []
  if (isDone) return next.status === 'cancelled' ? [{ ...next, status: 'requested' }] : []
  return next.status === 'requested' ? [{ ...next, status: 'cancelled' }] : []
}

async function hasDied({ service }: RequestContext, person: string): Promise<boolean> {
  const { rows } = await service.sql.query<{ died: string | null }>(
    `select ${diedSql('p')} as died from resource p where p.rt = 'Patient' and p.id = $1`,
    [person],
  )
  return Boolean(rows[0]?.died)
}

/** What was late stays late. */
async function movedWithReview(context: RequestContext, person: string): Promise<readonly Kept[]> {
  const { rows } = await context.service.sql.query<{ id: string; content: unknown }>(
    `select id, content from resource where rt = 'Task' and person = $1 and content is not null
       and content ->> 'status' in ('requested', 'accepted', 'in-progress')
       and content -> 'extension' @> '[{"extension":[{"valueCode":"before-review"}]}]'`,
    [person],
  )
  if (rows.length === 0) return []
  const facts = await dayFacts(context, person)
  return rows.flatMap(({ id, content }): readonly Kept[] => {
    const task = { ...(storedRecord(content) as Task), id }
    const rule = dueRuleOf(task)
    const stood = task.restriction?.period?.end
    if (!rule || (stood && stood < facts.today)) return []
    const end = dueByRule(rule, facts)
    return stood === end ? [] : [withDay(task, end)]
  })
}
