import type { PractitionerRole } from '@medplum/fhirtypes'
import type { Actor } from '#domain/access/actor.ts'
import { isStaff } from '#domain/access/actor.ts'
import type { FindFilter } from '#domain/case/find-people.ts'
import type { SavedList } from '#domain/list/saved-list.ts'
import { agentOf } from '#server/audit/audit-log.ts'
import { isWithinPeriod } from '#server/auth/record-match.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { forbidden, notFound } from '#server/problem.ts'
import { storedRecord } from '#server/store/stored-json.ts'

export const readerOf = (actor: Actor): string => agentOf(actor) ?? `identity/${actor.identity}`

/** Whoever may list people keeps lists; a program keeps none. Throws 403. */
export function mustKeepLists(actor: Actor): void {
  if ((!isStaff(actor) && actor.role !== 'admin') || actor.role === 'program')
    throw forbidden('Only people who care for others keep lists')
}

type Row = Readonly<{
  id: string
  edit: number
  owner: string
  owner_name: string
  name: string
  shared: boolean
  filters: FindFilter | string
  changed: string | null
}>

type Asking = Pick<OperationCall, 'actor' | 'context' | 'now'>

/**
 * Own lists, and those that colleagues share who work in the caller’s organisation today; by name. Somebody who has left
 * shares nothing there.
 */
export async function listsOf(call: Asking, id?: string): Promise<readonly SavedList[]> {
  const { actor, context } = call
  const { rows } = await context.service.sql.query<Row>(
    `select id, edit, owner, owner_name, name, shared, filters,
       to_char(filters_changed at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as changed from saved_list
     where not deleted and (owner = $1 or (shared and organisation = $2 and $2 <> ''))
       and ($3::text is null or id = $3) order by lower(name), id`,
    [readerOf(actor), actor.organisation ?? '', id ?? null],
  )
  const isOwn = ({ owner }: Row) => owner === readerOf(actor)
  const here = await whoWorksHere(
    call,
    rows.filter((row) => !isOwn(row)).map(({ owner }) => owner),
  )
  return rows
    .filter((row) => isOwn(row) || here.has(row.owner))
    .map((row) => ({
      id: row.id,
      edit: row.edit,
      name: row.name,
      shared: row.shared,
      isOwn: isOwn(row),
      ownerName: row.owner_name,
      filters: storedRecord<FindFilter>(row.filters),
      ...(row.changed ? { changedAt: row.changed } : {}),
    }))
}

export async function whoWorksHere(
  { actor, context, now }: Asking,
  owners: readonly string[],
): Promise<ReadonlySet<string>> {
  if (owners.length === 0) return new Set()
  const { rows } = await context.service.sql.query<{ content: PractitionerRole | string }>(
    `select content from resource where rt = 'PractitionerRole' and content is not null
      and content #>> '{practitioner,reference}' = any($1::text[])
      and content #>> '{organization,reference}' = $2`,
    [[...owners], `Organization/${actor.organisation}`],
  )
  const clock = { now, zone: context.zone }
  const held = rows
    .map(({ content }) => storedRecord<PractitionerRole>(content))
    .filter(({ active, period }) => active !== false && isWithinPeriod(period, clock))
  return new Set(held.flatMap(({ practitioner }) => practitioner?.reference ?? []))
}

/** 404 for a list that the caller may not know of. */
export async function listFor(call: Asking, id: string): Promise<SavedList> {
  const [list] = await listsOf(call, id)
  if (!list) throw notFound()
  return list
}
