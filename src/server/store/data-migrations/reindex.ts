import type { Resource } from '@medplum/fhirtypes'
import { type IndexEntries, indexEntries, typeKey } from '#server/store/indexing/index-entries.ts'
import { withoutOwnLink } from '#server/store/indexing/own-link.ts'
import { shapeNumber } from '#server/store/indexing/shape.ts'
import type { Sql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

type Row = Readonly<{ rid: number; person: string | null; content: Resource | string }>

const perPage = 2_000

/** Works out again what stands with each record for searches, as this version would write it. */
export async function reindex(sql: Sql): Promise<void> {
  await sql.script('truncate sp, link')
  for (let after = 0; ; ) {
    const { rows } = await sql.query<Row>(
      `select rid, person, content from resource where rid > $1::bigint and (tok is not null or shape is not null)
       and content is not null order by rid limit ${perPage}`,
      [after],
    )
    const last = rows.at(-1)
    if (!last) return
    const all = rows.map(({ rid, person, content: stored }) => {
      const content = storedRecord<Resource>(stored)
      const whole = { content, entries: indexEntries(content), person: person ?? undefined }
      return { rid, type: content.resourceType, ...withoutOwnLink(whole).entries }
    })
    const shapes = new Map(all.map(({ common }) => [shapeNumber(common), [...common]]))
    await sql.query(columns, [JSON.stringify(all.map(columnsOf))])
    await sql.query(addShapes, [JSON.stringify([...shapes].map(([id, tok]) => ({ id, tok })))])
    await sql.query(addValues, [
      JSON.stringify(all.flatMap(({ rid, sp }) => sp.map((each) => ({ rid, ...each })))),
    ])
    await sql.query(addLinks, [
      JSON.stringify(all.flatMap(({ rid, ref }) => ref.map((each) => ({ rid, ...each })))),
    ])
    after = Number(last.rid)
  }
}

type Entries = IndexEntries & Readonly<{ rid: number; type: string }>

const columnsOf = ({ rid, type, tok, common, dt, until, code, own }: Entries) => ({
  ...{ rid, dt, until, code, own, shape: shapeNumber(common), kind: typeKey(type) },
  tok: tok.size > 0 ? [...tok] : null,
})

const columns = `update resource r set tok = f.tok, shape = f.shape, dt = f.dt, until = f.until, code = f.code, kind = f.kind,
    own = f.own
  from json_to_recordset($1::json) as f(
    rid bigint, shape bigint, tok bigint[], dt float8, until float8, code bigint, kind int, own int)
  where f.rid = r.rid`

const addShapes = `insert into shape (id, tok)
  select f.id, f.tok from json_to_recordset($1::json) as f(id bigint, tok bigint[])
  where not exists (select 1 from shape s where s.id = f.id)`

const addValues = `insert into sp (rid, key, person, room, s, x, lo, hi, h)
  select f.rid, f.k, r.person, r.room, f.s, f.x, f.lo, f.hi, f.h
  from json_to_recordset($1::json) as f(
    rid bigint, k int, s text, x text, lo float8, hi float8, h bigint)
  join resource r on r.rid = f.rid`

const addLinks = `insert into link (rid, key, person, room, to_rt, to_id)
  select f.rid, f.k, r.person, r.room, f.t, f.i
  from json_to_recordset($1::json) as f(rid bigint, k int, t text, i text) join resource r on r.rid = f.rid`
