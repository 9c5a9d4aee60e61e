import type { Resource } from '@medplum/fhirtypes'
import type { PersonRecords } from '#domain/quality/evaluation.ts'
import { Params } from '#server/store/params.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

type Wanted = Readonly<{
  persons: readonly string[]
  types: readonly string[]
  /** which records the reader may see, as a condition on `r` */
  seen?: (params: Params) => string
}>

/** What only some may read is in no measure: a result would tell that it is there. */
export const closedRoomsSql = `('restricted', 'sealed', 'alone', 'safeguarding')`
const isOrdinary = `r.room not in ${closedRoomsSql}`

/** What a measure reads of these people, in one statement. */
export async function recordsOfPeople(
  sql: ReadingSql,
  { persons, types, seen }: Wanted,
): Promise<readonly PersonRecords[]> {
  const params = new Params()
  const { rows } = await sql.query<{ person: string; id: string; content: Resource | string }>(
    `select r.person, r.id, r.content from resource r
     where r.person = any(${params.add([...persons], 'text[]')}) and r.rt = any(${params.add([...types], 'text[]')})
       and r.content is not null and ${isOrdinary} ${seen ? `and ${seen(params)}` : ''} order by r.rid`,
    params.values,
  )
  const found = new Map<string, Resource[]>(persons.map((person) => [person, []]))
  for (const { person, id, content } of rows)
    found.get(person)?.push({ ...storedRecord<Resource>(content), id })
  return [...found].map(([person, records]) => ({ person, records }))
}
