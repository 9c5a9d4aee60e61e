import type { Prepared } from './prepare.ts'
import type { Sql } from './sql.ts'

const over = `('completed', 'revoked', 'entered-in-error')`
const openTasks = `('requested', 'received', 'accepted', 'ready', 'in-progress', 'on-hold')`

const isReferral = (task: string) =>
  `coalesce(${task}.content->'code'->'coding' @> '[{"system": "https://gable.example/codes", "code": "referral"}]', false)`

const asks = `t.rt = 'Task' and t.person = s.person and t.content->'focus'->>'reference' = 'ServiceRequest/' || s.id
  and ${isReferral('t')}`

const answers = `${asks}
  and t.content->'owner'->>'reference' in ('Organization/' || l.org, 'Practitioner/' || l.agent, 'PractitionerRole/' || l.role)`

const isClosed = `t.content->>'status' not in ${openTasks} and t.content->>'status' <> 'draft'`

/** Nobody whom the referral names is let in by it any longer, because the task for it was refused, closed or withdrawn. */
const isAnswered = `s.content->>'status' in ('active', 'on-hold')
  and not exists (select 1 from relation r where r.source_rid = s.rid)
  and exists (select 1 from resource t where ${asks} and ${isClosed}
    and s.content->'performer' @> jsonb_build_array(jsonb_build_object('reference', t.content->'owner'->>'reference')))`

/**
 * A task that is done for a referral of the same person lets nobody in once that is over or gone; and what is done for
 * it besides the task that asks, once that is answered.
 */
const tasksOf = `
delete from relation l using ref f, resource s, resource done
where l.source_rid = f.rid and f.rt = 'Task' and f.code in ('focus', 'based-on') and f.to_rt = 'ServiceRequest'
  and s.rt = 'ServiceRequest' and s.id = f.to_id and s.person = l.person and done.rid = f.rid
  and (f.rid = any($1::bigint[]) or s.id = any($2::text[]))
  and (s.content is null or s.content->>'status' in ${over}
    or ((f.code = 'based-on' or not ${isReferral('done')}) and ${isAnswered}))`

/** A referral lets nobody in whose task for it is refused, closed or withdrawn, though its own status was left as it was. */
const referralsOf = `
delete from relation l using resource s
where s.rt = 'ServiceRequest' and s.id = any($1::text[]) and l.source_rid = s.rid
  and exists (select 1 from resource t where ${answers} and ${isClosed})
  and not exists (select 1 from resource t where ${answers} and t.content->>'status' in ${openTasks})`

type Written = Readonly<{ rid: number | null }>

/** A referral and its tasks end together, whichever of them its writer ended. */
export async function endWithReferral(
  sql: Sql,
  prepared: readonly Prepared[],
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
