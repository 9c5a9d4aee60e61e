import type { Communication, Resource, Task } from '@medplum/fhirtypes'
import { type Actor, isStaff, namesOf } from '#domain/access/actor.ts'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { answerFromMessage } from '#domain/agreement/comment-message.ts'
import { type PromiseDeedKind, promiseDeedKindOf } from '#domain/goal/promise-deed-kind.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { coordinatorsOf } from './show-round.ts'

type Facts = Readonly<{
  context: RequestContext
  message: Communication
  task: Task
  person: string
  /** messages about the promise that were stored since it was last changed, the newest first */
  since: readonly Communication[]
}>

/**
 * A promise is closed on three sides, in this order: its owner says that it is done, a professional who does not own it
 * reviews it, and the person confirms it. What did not happen is dealt with, in words, by its owner or the coordinator.
 */
export async function guardPromise(
  context: RequestContext,
  resource: Resource,
  { person, before }: Readonly<{ person: string | undefined; before: Resource | undefined }>,
): Promise<void> {
  if (resource.resourceType !== 'Communication') return
  const kind = promiseDeedKindOf(resource)
  const existing = before?.resourceType === 'Communication' ? promiseDeedKindOf(before) : undefined
  if (before && (kind || existing)) return mustOnlyWithdraw(resource, before)
  if (!kind || !person) return
  await rules[kind](await factsOf(context, resource, person))
}

function mustOnlyWithdraw(after: Resource, before: Resource): void {
  const changed = changedElements(before, after)
  const isError = (after as Communication).status === 'entered-in-error'
  if (changed.length === 0 || (isError && changed.every((each) => each === 'status'))) return
  throw forbidden('What was said about a promise stays. It can only be marked as an error')
}

async function factsOf(
  context: RequestContext,
  message: Communication,
  person: string,
): Promise<Facts> {
  const [about, ...others] = message.about ?? []
  const id = /^Task\/([^/]+)$/.exec(about?.reference ?? '')?.[1]
  if (!id || others.length > 0) throw refusal('Name the one promise that this is about')
  const { rows } = await context.service.sql.query<{ rt: string; content: Resource }>(
    `select r.rt, r.content from resource r where r.person = $1 and r.content is not null and (
       (r.rt = 'Task' and r.id = $2)
       or (r.rt = 'Communication' and r.content #>> '{about,0,reference}' = $3
         and r.ts >= (select t.ts from resource t where t.rt = 'Task' and t.id = $2)))
     order by r.rt, r.ts desc, r.rid desc`,
    [person, id, `Task/${id}`],
  )
  const task = rows.find(({ rt }) => rt === 'Task')?.content as Task | undefined
  if (task?.intent !== 'order') throw refusal('This promise is not in the person’s record')
  const since = rows.flatMap(({ rt, content }) =>
    rt === 'Communication' && (content as Communication).status !== 'entered-in-error'
      ? [content as Communication]
      : [],
  )
  return { context, message, task, person, since }
}

const refusal = (words: string) =>
  new FhirProblem(422, 'business-rule', words, { expression: 'Communication.about' })

const owns = (actor: Actor, { owner }: Task) => namesOf(actor).includes(owner?.reference ?? '')

/** The person’s last word on it is that it did not happen, and nothing was done about it since. */
function isOpenNo(since: readonly Communication[]): boolean {
  const last = since.find(
    (each) => answerFromMessage(each) || promiseDeedKindOf(each) === 'promise-dealt-with',
  )
  return last !== undefined && answerFromMessage(last)?.happened === false
}

const rules: Readonly<Record<PromiseDeedKind, (facts: Facts) => Promise<void> | void>> = {
  'promise-review': ({ context: { actor }, task, since }) => {
    if (!isStaff(actor) || !actor.practitioner) throw forbidden('A professional reviews a promise')
    if (owns(actor, task)) throw forbidden('Somebody else reviews what its owner has done')
    if (task.status !== 'completed')
      throw refusal('A promise is reviewed after its owner has said that it is done')
    if (isOpenNo(since))
      throw refusal('The person says that it did not happen. Say first what was done about it')
  },
  'promise-confirmed': ({ context: { actor }, task, person, since }) => {
    if (actor.person !== person) throw forbidden('Only the person confirms a promise')
    const isReviewed = since.some((each) => promiseDeedKindOf(each) === 'promise-review')
    if (task.status !== 'completed' || !isReviewed)
      throw refusal('A promise is confirmed after somebody else has reviewed it')
  },
  'promise-dealt-with': async ({ context, message, task, person, since }) => {
    const { actor } = context
    const coordinators = await coordinatorsOf(context, person)
    const isCoordinator =
      actor.practitioner !== undefined &&
      (coordinators.length === 0 || coordinators.includes(`Practitioner/${actor.practitioner}`))
    if (!owns(actor, task) && !isCoordinator)
      throw forbidden('The owner of the promise or the coordinator says what was done about it')
    if (!message.payload?.[0]?.contentString?.trim()) throw refusal('Say what was done about it')
    if (!isOpenNo(since)) throw refusal('The person has not said that this did not happen')
  },
}
