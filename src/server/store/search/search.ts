import type { Resource } from '@medplum/fhirtypes'
import type { Scope } from '#domain/access/scope.ts'
import { withDigitsOf } from '#domain/decimal/digits.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import type { SearchResult } from '#server/store/store.ts'
import { completeRow, type StoredVersionRow } from '#server/store/stored-version.ts'
import { conditionSql } from './conditions.ts'
import { includedWith, unknownIncludes } from './includes.ts'
import { enforceSearchLimits } from './limits.ts'
import {
  isResultParameter,
  type ResultParameters,
  resultParametersOf,
} from './result-parameters.ts'
import { SearchError } from './search-error.ts'
import { sortSql } from './sort.ts'

type Deps = Readonly<{ sql: ReadingSql; now: Date }>

type Found = Omit<StoredVersionRow, 'content'> & { rid: number; content: Resource }

/** `from … where …` over idx, called i, with what is not known of the parameters. */
function conditions(type: string, asked: URLSearchParams, scope: Scope, params: Params, now: Date) {
  const where = [`i.rt = ${params.add(type, 'text')}`, scopeSql(scope, 'i', params, now)]
  const unknown: string[] = []
  for (const [name, value] of asked) {
    if (isResultParameter(name)) continue
    if (value.includes('\0')) throw new SearchError(`${name} holds a null character`)
    const condition = conditionSql({ type, at: 'i', depth: 0 }, name, value, { params, scope, now })
    if (condition === undefined) unknown.push(name)
    else where.push(condition)
  }
  return { from: `from idx i where ${where.join(' and ')}`, unknown }
}

export async function searchStore(
  type: string,
  asked: URLSearchParams,
  scope: Scope,
  deps: Deps,
): Promise<SearchResult> {
  enforceSearchLimits(asked)
  const controls = resultParametersOf(asked)
  const params = new Params()
  const { from, unknown } = conditions(type, asked, scope, params, deps.now)
  if (controls.countOnly) {
    const total = await count(deps.sql, from, params.values)
    const people = await countByPerson(deps.sql, from, params.values)
    return { matches: [], included: [], total, people, unknown }
  }
  const asCounted = [...params.values]
  const order = sortSql(type, controls.sort, { params, scope, now: deps.now })
  const rows = await page(deps.sql, { from, order: order.sql, params, controls })
  const total = controls.withTotal
    ? (totalShown(rows, controls) ?? (await count(deps.sql, from, asCounted)))
    : undefined
  const matches = rows.slice(0, controls.count)
  const included = await includedWith(
    matches.map((row) => ({ rid: row.rid, name: `${row.rt}/${row.id}` })),
    controls,
    { ...deps, scope },
  )
  return {
    matches: matches.map((row) => withElements(completeRow(row), controls)),
    included: included.map((each) => withElements(each, { ...controls, elements: undefined })),
    ...(total === undefined ? {} : { total }),
    ...(rows.length > controls.count ? { next: String(controls.offset + controls.count) } : {}),
    unknown: [...unknown, ...order.unknown, ...unknownIncludes(controls.includes)],
  }
}

async function count(sql: ReadingSql, from: string, values: readonly unknown[]): Promise<number> {
  const { rows } = await sql.query<{ total: number }>(
    `select count(*)::int as total ${from}`,
    values,
  )
  return rows[0]?.total ?? 0
}

const mostPeople = 100

async function countByPerson(
  sql: ReadingSql,
  from: string,
  values: readonly unknown[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql.query<{ person: string; total: number }>(
    `select i.person, count(*)::int as total ${from} and i.person is not null
     group by i.person limit ${mostPeople + 1}`,
    values,
  )
  const isCrowd = rows.length > mostPeople
  return new Map(isCrowd ? [] : rows.map(({ person, total }) => [person, total]))
}

/** How many there are in all, when this page is the last one; undefined when they have to be counted. */
function totalShown(
  rows: readonly Found[],
  { count: size, offset }: ResultParameters,
): number | undefined {
  if (rows.length > size || (rows.length === 0 && offset > 0)) return undefined
  return offset + rows.length
}

type Page = { from: string; order: string; params: Params; controls: ResultParameters }

/** One row more than asked for: it tells whether there is a next page. */
async function page(
  sql: ReadingSql,
  { from, order, params, controls }: Page,
): Promise<readonly Found[]> {
  const limit = `limit ${params.add(controls.count + 1, 'int')} offset ${params.add(controls.offset, 'int')}`
  const { rows } = await sql.query<Found>(
    `with page as materialized (
      select p.rid, row_number() over () as place from (select i.rid ${from} order by ${order} ${limit}) p
    )
    select r.rid, r.rt, r.id, r.vid, r.ts, r.person, r.content
    from page p join resource r on r.rid = p.rid order by p.place`,
    params.values,
  )
  return rows
}

/** A parameter that is not known would make a condition match everything: it is refused. */
export async function matchingIds(
  type: string,
  asked: URLSearchParams,
  scope: Scope,
  deps: Deps & { limit: number },
): Promise<readonly string[]> {
  enforceSearchLimits(asked)
  const params = new Params()
  const { from, unknown } = conditions(type, asked, scope, params, deps.now)
  if (unknown.length > 0)
    throw new SearchError(`${type} has no search parameter ${unknown.join(', ')}`)
  const { rows } = await deps.sql.query<{ id: string }>(
    `select i.id ${from} order by i.rid limit ${params.add(deps.limit, 'int')}`,
    params.values,
  )
  return rows.map((row) => row.id)
}

const always = ['resourceType', 'id', 'meta']

const subsetted = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
  code: 'SUBSETTED',
} as const

/** The record with the elements that were asked for; one that lost elements says so in its tags. */
function withElements(
  resource: Resource,
  { elements, dataOnly }: Pick<ResultParameters, 'elements' | 'dataOnly'>,
): Resource {
  if (elements === undefined && !dataOnly) return resource
  const wanted = elements?.map((each) => each.split('.')[0])
  const entries = Object.entries(resource).filter(([name]) => {
    if (always.includes(name)) return true
    return wanted === undefined ? name !== 'text' : wanted.includes(name)
  })
  const meta = { ...resource.meta, tag: [...(resource.meta?.tag ?? []), subsetted] }
  return withDigitsOf({ ...Object.fromEntries(entries), meta } as Resource, resource)
}
