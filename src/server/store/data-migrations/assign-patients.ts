import type { Resource } from '@medplum/fhirtypes'
import { tellsOfNobody } from '#domain/access/record-owner.ts'
import { nobodyInParticular, recordOwnerOf } from '#server/store/access/record-owner.ts'
import type { Sql } from '#server/store/sql.ts'

type Row = Readonly<{ rt: string; id: string; vid: number; content: Resource | string }>

const perPage = 400

/**
 * Assigns the records that an earlier version stored as nobody’s, and so left open to everybody: those of types
 * outside the Patient compartment that name a person all the same. Every version of a record belongs to its person.
 */
export async function assignPatients(sql: Sql): Promise<void> {
  for (const table of ['resource', 'history'] as const) await nameRows(sql, table)
  await sql.script(carriedOver)
}

async function nameRows(sql: Sql, table: 'resource' | 'history'): Promise<void> {
  let after = { rt: '', id: '', vid: 0 }
  for (;;) {
    const { rows } = await sql.query<Row>(
      `select rt, id, vid, content from ${table} where person is null and content is not null
       and (rt, id, vid) > ($1, $2, $3::integer) order by rt, id, vid limit ${perPage}`,
      [after.rt, after.id, after.vid],
    )
    const last = rows.at(-1)
    if (!last) return
    const named = rows.flatMap(({ rt, id, vid, content }) => {
      const person = personIn(typeof content === 'string' ? JSON.parse(content) : content)
      return person ? [{ rt, id, vid, person }] : []
    })
    if (named.length > 0)
      await sql.query(
        `update ${table} t set person = n.person
         from json_to_recordset($1::json) as n(rt text, id text, vid integer, person text)
         where t.rt = n.rt and t.id = n.id and t.vid = n.vid`,
        [JSON.stringify(named)],
      )
    after = last
  }
}

const personIn = (resource: Resource) =>
  recordOwnerOf(resource) ?? (tellsOfNobody(resource) ? undefined : nobodyInParticular)

/** Deletions have no content: they belong to the person of the versions before. */
const carriedOver = `
update resource r set person = (select h.person from history h
  where h.rt = r.rt and h.id = r.id and h.person is not null order by h.vid desc limit 1)
where r.person is null and r.content is null;
update history h set person = r.person from resource r
  where r.rt = h.rt and r.id = h.id and h.person is null and r.person is not null;
update change c set person = h.person from history h
  where h.rt = c.rt and h.id = c.id and h.vid = c.vid and c.person is null and h.person is not null;
update change c set person = r.person from resource r
  where r.rt = c.rt and r.id = c.id and c.person is null and r.person is not null;
${['sp', 'link']
  .map(
    (table) => `update ${table} t set person = r.person from resource r
  where r.rid = t.rid and t.person is null and r.person is not null;`,
  )
  .join('\n')}`
