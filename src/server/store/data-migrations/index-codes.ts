import type { Resource } from '@medplum/fhirtypes'
import { resourceTypes } from '#server/fhir/search-parameters.ts'
import { codeKey, indexEntries } from '#server/store/indexing/index-entries.ts'
import type { Sql } from '#server/store/sql.ts'

type Row = Readonly<{ rid: number; content: Resource | string }>

const perPage = 2_000

/** Indexes the codes of records that an earlier version stored, so that they are found by their date. */
export async function indexCodes(sql: Sql): Promise<void> {
  const types = resourceTypes.filter((type) => codeKey(type) !== undefined)
  for (let after = 0; ; ) {
    const { rows } = await sql.query<Row>(
      `select rid, content from resource where rid > $1::bigint and rt = any($2::text[])
       and content is not null order by rid limit ${perPage}`,
      [after, types],
    )
    const last = rows.at(-1)
    if (!last) return
    await sql.query(insert, [JSON.stringify(rows.flatMap(codesOf))])
    after = Number(last.rid)
  }
}

function codesOf({ rid, content }: Row) {
  const resource = typeof content === 'string' ? (JSON.parse(content) as Resource) : content
  return indexEntries(resource)
    .sp.filter(({ k }) => k < 0)
    .map((each) => ({ rid, ...each }))
}

const insert = `insert into sp (rid, key, person, room, s, x, lo, hi)
  select i.rid, s.k, i.person, i.room, s.s, s.x, s.lo, s.hi
  from json_to_recordset($1::json) as s(
    rid bigint, k int, s text, x text, lo double precision, hi double precision)
  join idx i on i.rid = s.rid`
