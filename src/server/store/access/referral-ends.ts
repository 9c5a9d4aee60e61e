import { gableCodeSystem } from '#domain/fhir/codes.ts'
import type { PreparedWrite } from '#server/store/prepare-write.ts'
import type { Sql } from '#server/store/sql.ts'
import { parameterKey } from '#server/store/token-hash.ts'

const [focus, basedOn] = ['focus', 'based-on'].map((code) => parameterKey('Task', code))
const over = `('completed', 'revoked', 'entered-in-error')`
const openTasks = `('requested', 'received', 'accepted', 'ready', 'in-progress', 'on-hold')`

const isReferral = (task: string) =>
  `coalesce(${task}.content->'code'->'coding' @> '[{"system": "${gableCodeSystem}", "code": "referral"}]', false)`

/** References are compared as they are indexed: with a version or an address before it, it is the same referral. */
const asks = `t.rt = 'Task' and t.person = s.person and t.content->>'status' <> 'draft' and ${isReferral('t')}
  and exists (select 1 from link a where a.rid = t.rid and a.key = ${focus} and a.to_rt = 'ServiceRequest' and a.to_id = s.id)`

const ownerOf = (task: string) => `${task}.content->'owner'->>'reference'`

const isPlace = (owner: string, l: string) =>
  `coalesce(${owner} in ('Organization/' || ${l}.org, 'Practitioner/' || ${l}.agent, 'PractitionerRole/' || ${l}.role), false)`

const isPerformer = (owner: string) =>
  `coalesce(s.content->'performer' @> jsonb_build_array(jsonb_build_object('reference', ${owner})), false)`

/** The task asks, or once asked, the users it names: they may pass it on, and remain the ones who were asked. */
const askedOnce = (isNamed: (owner: string) => string) => `(${isNamed(ownerOf('t'))}
  or exists (select 1 from history h where h.rt = 'Task' and h.id = t.id and h.content->>'status' <> 'draft'
    and ${isNamed(ownerOf('h'))}))`

const isLetIn = (owner: string) => isPlace(owner, 'l')

/** Still with those who were asked: with somebody who has lasting access it is back with those who asked. */
const isWithThem = `t.content->>'status' in ${openTasks} and (${isLetIn(ownerOf('t'))} or (${askedOnce(isLetIn)}
  and not exists (select 1 from relation k where k.person = s.person and ${isPlace(ownerOf('t'), 'k')}
    and k.kind in ('registered', 'team', 'case', 'custodian'))))`

/**
 * The referral gives nobody whom it names access any longer, because the task for it was refused, closed or withdrawn.
 */
const isAnswered = `s.content->>'status' in ('active', 'on-hold')
  and not exists (select 1 from relation r where r.source_rid = s.rid)
  and exists (select 1 from resource t where ${asks} and ${askedOnce(isPerformer)})`

/**
 * A task done for a referral of the same person gives nobody access once the referral has ended or is gone; the same
 * holds for other tasks done for it, beside the task that asks, once that task is answered.
 */
const tasksOf = `
delete from relation l using link f, resource s, resource done
where l.source_rid = f.rid and f.key in (${focus}, ${basedOn}) and f.to_rt = 'ServiceRequest'
  and s.rt = 'ServiceRequest' and s.id = f.to_id and s.person = l.person and done.rid = f.rid
  and (f.rid = any($1::bigint[]) or s.id = any($2::text[]))
  and (s.content is null or s.content->>'status' in ${over}
    or ((f.key = ${basedOn} or not ${isReferral('done')}) and ${isAnswered}))`

/**
 * A referral gives nobody access if its task is refused, closed, withdrawn or handed back, even if its own status was
 * left as it was.
 */
const referralsOf = `
delete from relation l using resource s
where s.rt = 'ServiceRequest' and s.id = any($1::text[]) and l.source_rid = s.rid
  and exists (select 1 from resource t where ${asks} and ${askedOnce(isLetIn)})
  and not exists (select 1 from resource t where ${asks} and ${isWithThem})`

type Written = Readonly<{ rid: number | null }>

/** A referral and its tasks end together, whichever of them its writer ended. */
export async function endWithReferral(
  sql: Sql,
  prepared: readonly PreparedWrite[],
  rows: readonly (Written | undefined)[],
): Promise<void> {
  const tasks: number[] = []
  const referrals = new Set<string>()
  for (const [at, { content, entries, request }] of prepared.entries()) {
    if (content.resourceType === 'ServiceRequest') referrals.add(request.resource.id)
    if (content.resourceType !== 'Task') continue
    const rid = rows[at]?.rid
    const named = entries.ref.filter((each) => each.t === 'ServiceRequest')
    if (rid && named.length > 0) tasks.push(rid)
    for (const { i } of named) referrals.add(i)
  }
  await endReferrals(sql, [...referrals], tasks)
}

/** The same for referrals that were deleted. */
export async function endReferrals(
  sql: Sql,
  referrals: readonly string[],
  tasks: readonly number[] = [],
): Promise<void> {
  if (referrals.length === 0) return
  await sql.query(referralsOf, [referrals])
  await sql.query(tasksOf, [tasks, referrals])
}
