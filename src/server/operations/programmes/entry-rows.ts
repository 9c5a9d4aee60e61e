import type { RequestGroup } from '@medplum/fhirtypes'
import type { Scope } from '#domain/access/scope.ts'
import type { ProgrammeEntry } from '#domain/programme/programme-entry.ts'
import { programmeEntryFromFhir } from '#domain/programme/programme-entry-fhir.ts'
import type { WhyLeftOut } from '#domain/programme/why-left-out.ts'
import { personRowScopeSql, scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { joinedToSql } from './joined-to.ts'

export type ProgrammeReading = Readonly<{ sql: ReadingSql; scope: Scope; now: Date; zone: string }>

export type EntryRow = Readonly<{
  group: RequestGroup
  entry: ProgrammeEntry
  /** the record in use, if theirs was joined to one that the reader may see; else their own */
  kept: string
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
    kept: string | null
    family: string | null
    given: string | null
    birth_date: string | null
  } & LeftOutRow
>

type Wanted = Readonly<{ person?: string; withAll?: boolean }>

/**
 * Entries that a reader may see: of one person, with those of records that were joined to theirs, or of everybody;
 * whoever said no to planning only if `withAll`. An entry stays with the record under which it was written, and is read
 * as one of the record in use.
 */
export async function entryRows(
  { sql, scope, now }: ProgrammeReading,
  { person, withAll = true }: Wanted = {},
): Promise<readonly EntryRow[]> {
  const params = new Params()
  const ofPerson = person === undefined ? 'true' : ofSql(params.add(person, 'text'))
  const { rows } = await sql.query<Row>(
    `${joinedToSql}, in_use(person, kept) as (
       select j.person, j.kept from joined_to j
       where not exists (select 1 from joined_to further where further.person = j.kept))
     select g.id, g.vid, g.content, k.person as kept, p.family, p.given, p.birth_date, p.deceased, p.in_use, p.replaced_by, p.opted_out
     from resource g
     left join in_use u on u.person = g.person
     left join person_row k on k.person = u.kept and ${personRowScopeSql(scope, 'k', params, now)}
     left join person_row p on p.person = coalesce(k.person, g.person)
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
    return entry ? [{ group, entry, kept: row.kept ?? entry.person, ...who }] : []
  })
}

const ofSql = (person: string) =>
  `(g.person = ${person} or exists (select 1 from joined_to j where j.person = g.person and j.kept = ${person}))`
