import type { Flag, Task } from '@medplum/fhirtypes'
import { dayIn } from '#domain/calendar/zone.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import {
  type CarerIllness,
  carerIllFromFhir,
  isCarerIll,
  taskWords,
} from '#domain/plan/worse/carer-ill.ts'
import { newTask } from '#domain/task/fhir.ts'
import { asClosedAs } from '#server/assessment/given-answers.ts'
import type { ProvenanceEntry } from '#server/audit/provenance.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { keepByRule } from '#server/task/keep-by-rule.ts'

/**
 * What follows when a carer is ill: a task for each thing that was set off, in the transaction that said so. When the
 * carer is better, what nobody has begun is withdrawn; what is done stays done. Safe to repeat.
 */
export async function followCarerIll(
  context: RequestContext,
  authored: readonly ProvenanceEntry[],
): Promise<void> {
  for (const { resource, act, person } of authored) {
    if (act === 'D' || !person || resource.resourceType !== 'Flag') continue
    const illness = isCarerIll(resource) ? carerIllFromFhir(resource as Flag) : undefined
    if (illness)
      await keepByRule(
        context,
        person,
        await tasksOf(context, person, { illness, flag: resource as Flag }),
      )
  }
}

type Said = Readonly<{ illness: CarerIllness; flag: Flag }>

async function tasksOf(
  context: RequestContext,
  person: string,
  { illness, flag }: Said,
): Promise<readonly (Task & ResourceWithId)[]> {
  const tasks: (Task & ResourceWithId)[] = []
  for (const item of illness.setOff) {
    const stored = await context.service.store.read('Task', item.task, everyone)
    // somebody else's record under this id stays as it is
    if (stored && (stored.person !== person || !stored.resource)) continue
    const standing = stored?.resource as Task | undefined
    const next = standing
      ? movedOn(standing, item.task, illness)
      : begunTask(context, item, { illness, flag })
    if (next) tasks.push(next)
  }
  return tasks
}

function begunTask(
  context: RequestContext,
  item: CarerIllness['setOff'][number],
  { illness, flag }: Said,
): (Task & ResourceWithId) | undefined {
  if (illness.isOver) return undefined
  const { person, carer, by = carer } = illness
  const dueOn = dayIn(context.zone, context.now)
  const what = taskWords(item, carer.name)
  const owner = item.owner ? { owner: item.owner } : {}
  const task = newTask({ id: item.task, person, what, dueOn, ...owner }, { by, at: illness.at })
  // as closed to others as what was said of the illness
  return asClosedAs(flag, { resource: task, expect: 'anything' }).resource as typeof task
}

/** Withdrawn if nobody has begun it; asked for again if the carer is ill again. */
function movedOn(
  task: Task,
  id: string,
  { isOver, carer }: CarerIllness,
): (Task & ResourceWithId) | undefined {
  if (isOver && task.status === 'requested') {
    const statusReason = { text: `${carer.name} is better` }
    return { ...task, id, status: 'cancelled', statusReason }
  }
  const { statusReason: reason, ...rest } = task
  // what somebody else withdrew stays withdrawn
  const isOurs = task.status === 'cancelled' && reason?.text === `${carer.name} is better`
  if (isOver || !isOurs) return undefined
  return { ...rest, id, status: 'requested' }
}
