import type { Resource } from '@medplum/fhirtypes'
import type { Scope } from '#domain/access/scope.ts'
import { scopeSql } from './access/scope-sql.ts'
import { Params } from './params.ts'
import type { ReadingSql } from './sql.ts'
import { completeRow, type StoredVersionRow } from './stored-version.ts'

/**
 * The person's own records (without readings from before `readingsSince`) first, then what they refer to outside (organisations, practitioners, places, medicines),
 * two steps away.
 */
export async function everythingAbout(
  person: string,
  scope: Scope,
  page: { count: number; offset: number; readingsSince?: Date | undefined },
  deps: Readonly<{ sql: ReadingSql; now: Date }>,
): Promise<{ resources: readonly Resource[]; total: number }> {
  const params = new Params()
  const inScope = scopeSql(scope, 't', params, deps.now)
  const isOldReading =
    page.readingsSince === undefined
      ? 'false'
      : `(t.rt = 'Observation' and t.room = 'record'
        and t.dt < ${params.add(Number(page.readingsSince), 'double precision')})`
  const outside = (from: string) => `
    select t.rid from ${from} o join link f on f.rid = o.rid join idx t on t.rt = f.to_rt and t.id = f.to_id
    where t.person is null and ${inScope}`
  const { rows } = await deps.sql.query<
    Omit<StoredVersionRow, 'content'> & { total: number; content: Resource }
  >(
    `with own as materialized (
      select t.rid from idx t where t.person = ${params.add(person, 'text')} and ${inScope}
        and ${isOldReading} is not true
    ), near as materialized (${outside('own')}), far as materialized (${outside('near')}),
    found as materialized (select rid from own union select rid from near union select rid from far),
    page as (
      select f.rid, row_number() over (order by o.rid is null, i.rt <> 'Patient', i.rt, i.rid) as place
      from found f join idx i on i.rid = f.rid left join own o on o.rid = f.rid
      order by place limit ${params.add(page.count, 'int')} offset ${params.add(page.offset, 'int')}
    )
    select r.rt, r.id, r.vid, r.ts, r.person, r.content, (select count(*)::int from found) as total
    from page p join resource r on r.rid = p.rid order by p.place`,
    params.values,
  )
  return { resources: rows.map(completeRow), total: rows[0]?.total ?? 0 }
}
