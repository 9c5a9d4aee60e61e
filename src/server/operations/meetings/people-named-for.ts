import type { OperationCall } from '#server/operations/operation.ts'
import { personRowScopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'

type Row = Readonly<{
  person: string
  family: string | null
  given: string | null
  birth_date: string | null
  deceased: boolean
}>

type NamedPerson = Readonly<{
  id: string
  family: string
  given: string
  birthDate: string
  died: boolean
}>

/** Names of those of these people whom the caller may see. */
export async function peopleNamedFor(
  { sql, scope, now }: Pick<OperationCall, 'sql' | 'scope' | 'now'>,
  people: readonly string[],
): Promise<ReadonlyMap<string, NamedPerson>> {
  if (people.length === 0) return new Map()
  const params = new Params()
  const ids = params.add([...people], 'text[]')
  const { rows } = await sql.query<Row>(
    `select p.person, p.family, p.given, p.birth_date, p.deceased from person_row p
     where p.person = any(${ids}) and p.replaced_by is null and ${personRowScopeSql(scope, 'p', params, now)}`,
    params.values,
  )
  return new Map(
    rows.map(({ person: id, family, given, birth_date, deceased: died }) => [
      id,
      { id, family: family ?? '', given: given ?? '', birthDate: birth_date ?? '', died },
    ]),
  )
}
