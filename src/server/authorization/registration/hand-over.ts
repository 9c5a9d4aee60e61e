import type { Resource, Task } from '@medplum/fhirtypes'
import { dayIn } from '#domain/calendar/zone.ts'
import { referenceTarget } from '#domain/fhir/reference-target.ts'
import { handOverStart, isHandOver } from '#domain/team/hand-over-fhir.ts'
import { placesOfActor } from '#server/authorization/lasting-access.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { registeredWith } from './registered-with.ts'

/** The two practices, and the date: what the practice that hands over says. */
const partsOf = (task: Task) =>
  [task.requester?.reference, task.owner?.reference, handOverStart(task)].join(' ')

const openStates = ['requested', 'received', 'accepted', 'ready', 'in-progress']
const isOpen = ({ status }: Task) => openStates.includes(status)

/** Between the same two, and not reopened: only the practice that withdrew a request can open it again. */
function staysAsSaid(before: Task, after: Task): boolean {
  return partsOf(before) === partsOf(after) && (isOpen(before) || !isOpen(after))
}

/**
 * Why a hand-over may not be written like this; undefined if it may. Only the practice where the person is registered
 * may write it.
 */
export async function handOverFault(
  context: RequestContext,
  after: Resource,
  before: Resource | undefined,
): Promise<string | undefined> {
  // turned into an ordinary task it would be seen by nobody, and still give its owner access
  const said = isHandOver(after) ? after : before
  if (!isHandOver(said)) return undefined
  if (isHandOver(after) && isHandOver(before) && staysAsSaid(before, after)) return undefined
  const person = referenceTarget(said.for?.reference ?? '')?.id ?? ''
  const from = said.requester?.reference ?? ''
  const sides = await registeredWith(context, person)
  const isTheirs = sides.includes(from) && (await placesOfActor(context)).includes(from)
  return isTheirs
    ? undefined
    : 'Only the practice where the person is registered can hand them over: name it as the requester, and create the request there'
}

/**
 * The practices that hand this person over to one of these, and wait for it to accept: from the date they named, not
 * before.
 */
export async function handedOverTo(
  context: RequestContext,
  person: string,
  mine: readonly string[],
): Promise<readonly string[]> {
  const today = dayIn(context.zone, context.now)
  const { rows } = await context.service.sql.query<{ content: Task | string }>(
    `select content from resource where rt = 'Task' and person = $1 and content->>'status' = any($2::text[])`,
    [person, openStates],
  )
  return rows.flatMap(({ content }) => {
    const task = storedRecord<Task>(content)
    const from = task.requester?.reference
    if (!from || !isHandOver(task) || handOverStart(task) > today) return []
    return mine.includes(task.owner?.reference ?? '') ? [from] : []
  })
}
