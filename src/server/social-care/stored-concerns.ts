import type { Basic } from '@medplum/fhirtypes'
import { isStaff, namesOf } from '#domain/access/actor.ts'
import {
  concernFor,
  concernFromFhir,
  type SafeguardingConcern,
} from '#domain/social-care/safeguarding.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { storedRecord } from '#server/store/stored-json.ts'

export type ReadableConcern = Readonly<{
  concern: SafeguardingConcern
  reads: 'whole' | 'own'
  family: string
  given: string
}>

type Row = Readonly<{
  id: string
  vid: number
  person: string
  content: unknown
  family: string | null
  given: string | null
}>

/**
 * The concerns that the caller may read, of one person or of everybody. They are in a room that no scope opens: this is
 * the only way to them. Who only has an emergency opening, who administrates, a person, a carer and a program get none.
 */
export async function readableConcerns(
  context: RequestContext,
  only: Readonly<{ person?: string | undefined; id?: string }> = {},
): Promise<readonly ReadableConcern[]> {
  const { actor, service } = context
  if (!isStaff(actor) || !actor.practitioner) return []
  const { rows } = await service.sql.query<Row>(
    `select r.id, r.vid, r.person, r.content, p.family, p.given from resource r
     left join person_row p on p.person = r.person
     where r.rt = 'Basic' and r.room = 'safeguarding' and r.content is not null
       and ($1::text is null or r.person = $1) and ($2::text is null or r.id = $2)
     order by r.rid desc`,
    [only.person ?? null, only.id ?? null],
  )
  const found: ReadableConcern[] = []
  const names = rows.length > 0 ? await namesAndRoles(context) : []
  for (const row of rows) found.push(...(await readableIn(context, names, row)))
  return found
}

/** Every reference that means the caller, with the roles that they have anywhere. */
async function namesAndRoles({ actor, service }: RequestContext): Promise<readonly string[]> {
  const { rows } = await service.sql.query<{ id: string }>(
    `select id from resource where rt = 'PractitionerRole' and content->'practitioner'->>'reference' = $1`,
    [`Practitioner/${actor.practitioner}`],
  )
  return [...namesOf(actor), ...rows.map(({ id }) => `PractitionerRole/${id}`)]
}

/** The concern of one row, or nothing. */
async function readableIn(
  context: RequestContext,
  names: readonly string[],
  row: Row,
): Promise<readonly ReadableConcern[]> {
  const record = { ...(storedRecord(row.content) as Basic), id: row.id }
  const concern = concernFromFhir({ ...record, meta: { versionId: String(row.vid) } })
  const reads = concern ? await readsOf(context, names, concern) : 'nothing'
  if (!concern || reads === 'nothing') return []
  return [{ concern, reads, family: row.family ?? '', given: row.given ?? '' }]
}

async function readsOf(
  context: RequestContext,
  names: readonly string[],
  concern: SafeguardingConcern,
) {
  const { actor } = context
  const relation = await relationTo(context, concern.person)
  return concernFor(concern, {
    names,
    isSocialWorker: actor.role === 'social-worker',
    isNamed: relation === 'named',
  })
}
