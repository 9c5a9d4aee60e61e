import type { Resource, ServiceRequest, Task } from '@medplum/fhirtypes'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { referenceTarget } from '#domain/fhir/reference-target.ts'
import { ownCode } from '#domain/fhir/references-and-extensions.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { parameterKey } from '#server/store/token-hash.ts'
import { careRolesIn, referralsOf } from './care-roles-in.ts'
import { placesElsewhere } from './lasting-access.ts'

export type WrittenRecord = Readonly<{
  person: string
  before: Resource | undefined
  after: Resource
  mine: readonly string[]
}>

/**
 * True if a guest would end somebody else's access through a link: a referral and its tasks end together, so a guest
 * may not link another’s task to a referral, answer a referral for somebody else, or close one that others’ tasks
 * depend on.
 */
export async function endsForOthers(
  context: RequestContext,
  written: WrittenRecord,
): Promise<boolean> {
  const { after, before, person } = written
  if (after.resourceType === 'ServiceRequest')
    return !isOver(before) && isOver(after) && (await holdsOthers(context, { ...written, after }))
  if (after.resourceType !== 'Task') return false
  const task = before?.resourceType === 'Task' ? before : undefined
  if (!isTied(after, task, written.mine) && !isAnsweredFor(after, task, written.mine)) return false
  const elsewhere = await placesElsewhere(context, person, after)
  const free = [...written.mine, ...elsewhere]
  const isFreshForThem = !task && careRolesIn(after, context).length > 0
  if (isTied(after, task, written.mine) && !(isFreshForThem && isOwnedBy(after, free))) return true
  return isAnsweredFor(after, task, free)
}

const over = ['completed', 'revoked', 'entered-in-error']

const isOver = (resource: Resource | undefined) =>
  resource?.resourceType === 'ServiceRequest' && over.includes(resource.status)

function ownerOf({ owner }: Task): string | undefined {
  const target = referenceTarget(owner?.reference ?? '')
  return target && `${target.type}/${target.id}`
}

const isOwnedBy = (task: Task, places: readonly string[]) => places.includes(ownerOf(task) ?? '')

/** Somebody else's task is linked to a referral that it was not linked to before, or not for them. */
function isTied(after: Task, before: Task | undefined, mine: readonly string[]): boolean {
  if (isOwnedBy(after, mine)) return false
  const isPassedOn = before !== undefined && ownerOf(before) !== ownerOf(after)
  const known = before && !(isPassedOn && !isOpen(after)) ? referralsOf(before) : []
  return referralsOf(after).some((each) => !known.includes(each))
}

const isOpen = ({ status }: Task) =>
  ['requested', 'received', 'accepted', 'ready', 'in-progress', 'on-hold'].includes(status)

const answering = ['status', 'owner', 'focus', 'code', 'for']

/** A referral is answered by its task: a guest may not write somebody else's. */
function isAnsweredFor(after: Task, before: Task | undefined, free: readonly string[]): boolean {
  if (![before, after].some((each) => each && asksAnother(each, free))) return false
  return !before || changedElements(before, after).some((each) => answering.includes(each))
}

const [referral] = ownCode('referral').coding ?? []

function asksAnother(task: Task, free: readonly string[]): boolean {
  if (task.owner === undefined || isOwnedBy(task, free)) return false
  const isReferral = task.code?.coding?.some(
    ({ system, code }) => system === referral?.system && code === referral?.code,
  )
  return isReferral === true && referralsOf({ ...task, basedOn: [] }).length > 0
}

/** True if others have access by tasks for a referral that does not ask this guest. */
export async function holdsOthers(
  context: RequestContext,
  { after, before, person, mine }: WrittenRecord & { after: ServiceRequest },
): Promise<boolean> {
  if (careRolesIn(before, context).some(({ to }) => mine.includes(to))) return false
  const { practitioner, organisation } = context.actor
  const { rows } = await context.service.sql.query(
    `select 1 from relation l join link f on f.rid = l.source_rid
     where l.person = $1 and f.key in (${parameterKey('Task', 'focus')}, ${parameterKey('Task', 'based-on')})
       and f.to_rt = 'ServiceRequest' and f.to_id = $2
       and l.org is distinct from $3 and l.agent is distinct from $4 limit 1`,
    [person, after.id ?? '', organisation ?? '', practitioner ?? ''],
  )
  return rows.length > 0
}
