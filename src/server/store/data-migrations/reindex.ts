import type { Resource } from '@medplum/fhirtypes'
import { indexEntries } from '#server/store/indexing/index-entries.ts'
import { shapeNumber } from '#server/store/indexing/shape.ts'
import type { Sql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

type Row = Readonly<{ rid: number; content: Resource | string }>

const perPage = 2_000

/** Works out again what stands with each record for searches, as this version would write it. */
export async function reindex(sql: Sql): Promise<void> {
  for (let after = 0; ; ) {
    const { rows } = await sql.query<Row>(
      `select rid, content from resource where rid > $1::bigint and tok is not null and content is not null
       order by rid limit ${perPage}`,
      [after],
    )
    const last = rows.at(-1)
    if (!last) return
    const shapes = new Map<number, readonly number[]>()
    const found = rows.map(({ rid, content }) => {
      const { tok, common } = indexEntries(storedRecord<Resource>(content))
      const shape = shapeNumber(common)
      shapes.set(shape, [...common])
      return { rid, shape, tok: tok.size > 0 ? [...tok] : null }
    })
    await sql.query(fill, [JSON.stringify(found)])
    await sql.query(addShapes, [JSON.stringify([...shapes].map(([id, tok]) => ({ id, tok })))])
    after = Number(last.rid)
  }
}

const fill = `update resource r set tok = f.tok, shape = f.shape
  from json_to_recordset($1::json) as f(rid bigint, shape bigint, tok bigint[]) where f.rid = r.rid`

const addShapes = `insert into shape (id, tok)
  select f.id, f.tok from json_to_recordset($1::json) as f(id bigint, tok bigint[])
  where not exists (select 1 from shape s where s.id = f.id)`
