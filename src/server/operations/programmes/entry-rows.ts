import type { RequestGroup } from '@medplum/fhirtypes'
import type { Scope } from '#domain/access/scope.ts'
import type { ProgrammeEntry } from '#domain/programme/programme-entry.ts'
import { programmeEntryFromFhir } from '#domain/programme/programme-entry-fhir.ts'
import type { WhyLeftOut } from '#domain/programme/why-left-out.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

export type ProgrammeReading = Readonly<{ sql: ReadingSql; scope: Scope; now: Date; zone: string }>

export type EntryRow = Readonly<{
  group: RequestGroup
  entry: ProgrammeEntry
  family: string
  given: string
  birthDate: string
  leftOut: WhyLeftOut | undefined
}>

export type LeftOutRow = Readonly<{
  deceased: boolean | null
  in_use: boolean | null
  replaced_by: string | null
  opted_out: readonly string[] | null
}>

/** Why nobody goes on with whom this row of `person_row` is about. */
export function leftOutIn(row: LeftOutRow): WhyLeftOut | undefined {
  if (row.deceased) return 'died'
  if (row.replaced_by !== null) return 'joined'
  if (row.in_use === false) return 'set-aside'
  return (['case', 'finding'] as const).find((each) => row.opted_out?.includes(each))
}

type Row = Readonly<
  {
    id: string
    vid: number
    content: RequestGroup | string
    family: string | null
    given: string | null
    birth_date: string | null
  } & LeftOutRow
>

type Wanted = Readonly<{ person?: string; withJoined?: boolean; withAll?: boolean }>

/**
 * Entries that a reader may see: of one person (`withJoined`: and of the records that were joined to theirs), or of
 * everybody; whoever said no to planning only if `withAll`.
 */
export async function entryRows(
  { sql, scope, now }: ProgrammeReading,
  { person, withJoined = false, withAll = true }: Wanted = {},
): Promise<readonly EntryRow[]> {
  const params = new Params()
  const ofPerson = person === undefined ? 'true' : ofSql(params.add(person, 'text'), withJoined)
  const { rows } = await sql.query<Row>(
    `select g.id, g.vid, g.content, p.family, p.given, p.birth_date, p.deceased, p.in_use, p.replaced_by, p.opted_out
     from resource g
     left join person_row p on p.person = g.person
     where g.rt = 'RequestGroup' and g.content is not null and ${ofPerson}
       and g.content #> '{code,coding}' @> '[{"code": "programme-entry"}]'
       and ${scopeSql(scope, 'g', params, now)}
       ${withAll ? '' : `and not coalesce('planning' = any(p.opted_out), false)`}
     order by g.ts desc, g.rid desc`,
    params.values,
  )
  return rows.flatMap((row) => {
    const stored = storedRecord<RequestGroup>(row.content)
    const meta = { ...stored.meta, versionId: String(row.vid) }
    const group = { ...stored, id: row.id, meta }
    const entry = programmeEntryFromFhir(group)
    const who = {
      family: row.family ?? '',
      given: row.given ?? '',
      birthDate: row.birth_date ?? '',
      leftOut: leftOutIn(row),
    }
    return entry ? [{ group, entry, ...who }] : []
  })
}

const ofSql = (person: string, withJoined: boolean) =>
  withJoined
    ? `g.person in (select ${person} union all select j.person from person_row j where j.replaced_by = ${person})`
    : `g.person = ${person}`
