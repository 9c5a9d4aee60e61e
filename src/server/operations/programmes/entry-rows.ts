import type { RequestGroup } from '@medplum/fhirtypes'
import type { Scope } from '#domain/access/scope.ts'
import type { ProgrammeEntry } from '#domain/programme/programme-entry.ts'
import { programmeEntryFromFhir } from '#domain/programme/programme-entry-fhir.ts'
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
}>

type Row = Readonly<{
  id: string
  vid: number
  content: RequestGroup | string
  family: string | null
  given: string | null
  birth_date: string | null
}>

/** Entries that a reader may see: of one person, or of everybody; whoever said no to planning only if `withAll`. */
export async function entryRows(
  { sql, scope, now }: ProgrammeReading,
  { person, withAll = true }: Readonly<{ person?: string; withAll?: boolean }> = {},
): Promise<readonly EntryRow[]> {
  const params = new Params()
  const ofPerson = person === undefined ? 'true' : `g.person = ${params.add(person, 'text')}`
  const { rows } = await sql.query<Row>(
    `select g.id, g.vid, g.content, p.family, p.given, p.birth_date from resource g
     left join person_row p on p.person = g.person
     where g.rt = 'RequestGroup' and g.content is not null and ${ofPerson}
       and g.content #> '{code,coding}' @> '[{"code": "programme-entry"}]'
       and ${scopeSql(scope, 'g', params, now)}
       ${withAll ? '' : `and not coalesce('planning' = any(p.opted_out), false)`}
     order by g.ts desc, g.rid desc`,
    params.values,
  )
  return rows.flatMap((row) => {
    const group = {
      ...storedRecord<RequestGroup>(row.content),
      ...{ id: row.id, meta: { versionId: String(row.vid) } },
    }
    const entry = programmeEntryFromFhir(group)
    const who = {
      family: row.family ?? '',
      given: row.given ?? '',
      birthDate: row.birth_date ?? '',
    }
    return entry ? [{ group, entry, ...who }] : []
  })
}
