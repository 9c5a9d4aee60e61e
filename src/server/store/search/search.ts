import type { Resource } from '@medplum/fhirtypes'
import type { Scope } from '#domain/access/scope.ts'
import { withDigitsOf } from '#domain/decimal/digits.ts'
import { hl7CodeSystem } from '#domain/fhir/codes.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { type CountByPerson, countByPerson } from '#server/store/count-by-person.ts'
import { typeKey } from '#server/store/indexing/index-entries.ts'
import { Params } from '#server/store/params.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import type { SearchResult } from '#server/store/store.ts'
import { completeRow, type StoredVersionRow } from '#server/store/stored-version.ts'
import { commonHas } from './common-has.ts'
import { conditionSql, type QueryContext } from './conditions.ts'
import { includedWith, unknownIncludes } from './includes.ts'
import { asksByPerson, codeIndexScan, fullScan, orderIndexScan } from './index-scan.ts'
import { enforceSearchLimits } from './limits.ts'
import {
  isResultParameter,
  type ResultParameters,
  resultParametersOf,
} from './result-parameters.ts'
import { SearchError } from './search-error.ts'
import { sortSql } from './sort.ts'

/** `many`: the same access for statements that read many rows. */
type Deps = Readonly<{ sql: ReadingSql; many: ReadingSql; now: Date }>

type Found = Omit<StoredVersionRow, 'content'> & { rid: number; content: Resource }

const ofType = (type: string, { isOfType }: typeof fullScan, params: Params) =>
  isOfType ? [] : [`i.kind = ${params.add(typeKey(type), 'int')}`]

/** `from … where …` over idx, called i, and the unknown parameters. */
function conditions(type: string, query: URLSearchParams, context: QueryContext, scan = fullScan) {
  const { scope, params, now, reads } = context
  const where = [...ofType(type, scan, params), scopeSql(scope, 'i', params, now, reads)]
  const unknown: string[] = []
  for (const [name, value] of query) {
    if (isResultParameter(name)) continue
    if (value.includes('\0')) throw new SearchError(`${name} holds a null character`)
    if (scan.says(name, value)) continue
    const condition = conditionSql({ type, at: 'i', depth: 0 }, name, value, context)
    if (condition === undefined) unknown.push(name)
    else where.push(condition)
  }
  return { from: `from ${scan.from} and ${where.join(' and ')}`, unknown }
}

export async function searchStore(
  type: string,
  query: URLSearchParams,
  scope: Scope,
  deps: Deps,
): Promise<SearchResult> {
  enforceSearchLimits(query)
  const controls = resultParametersOf(query)
  const asking = [type, query, scope, deps] as const
  if (controls.countOnly) return await countOnly(asking)
  const { rows, unknown } = await found(controls, asking)
  const counted = await countedBeside(rows, controls, asking)
  const matches = rows.slice(0, controls.count)
  const included = await includedWith(
    matches.map((row) => ({ rid: row.rid, name: `${row.rt}/${row.id}` })),
    controls,
    { ...deps, scope },
  )
  return {
    matches: matches.map((row) => withElements(completeRow(row), controls)),
    owners: new Map(
      matches.flatMap(({ rt, id, person }) => (person ? [[`${rt}/${id}`, person]] : [])),
    ),
    included: included.map((each) => withElements(each, { ...controls, elements: undefined })),
    ...counted,
    ...(rows.length > controls.count ? { next: String(controls.offset + controls.count) } : {}),
    unknown: [...unknown, ...unknownIncludes(controls.includes)],
  }
}

type Asking = readonly [type: string, asked: URLSearchParams, scope: Scope, deps: Deps]

type Rows = Readonly<{ rows: readonly Found[]; unknown: readonly string[] }>

async function found(controls: ResultParameters, asking: Asking): Promise<Rows> {
  const [type, asked, scope, { sql, now }] = asking
  const { sort } = controls
  const inOrder = await foundInOrder(controls, asking)
  if (inOrder) return { rows: inOrder, unknown: [] }
  const params = new Params()
  const common = await commonHas({ type, params: asked, sort }, sql)
  const context = { params, scope, now, reads: 'few' as const, common }
  const scan = codeIndexScan({ type, asked, sort }, params, now)
  const { from, unknown } = conditions(type, asked, context, scan)
  const order = scan ? { sql: scan.order, unknown: [] } : sortSql(type, sort, context)
  const limit = limitSql(controls, params, scan !== undefined || common.size > 0)
  const rows = await page(sql, { from, order: order.sql, limit, params })
  return { rows, unknown: [...unknown, ...order.unknown] }
}

/** Of all records of a type, those that have the value they are sorted by; undefined if they do not fill the page. */
async function foundInOrder(
  controls: ResultParameters,
  [type, asked, scope, { sql, now }]: Asking,
): Promise<readonly Found[] | undefined> {
  const params = new Params()
  const scan = orderIndexScan(type, asked, controls.sort, params)
  if (!scan) return undefined
  const { from } = conditions(type, asked, { params, scope, now, reads: 'few' }, scan)
  const limit = limitSql(controls, params)
  const rows = await page(sql, { from, order: scan.order, limit, params })
  return rows.length > controls.count ? rows : undefined
}

/** One person’s records are few; all others may be any number. */
function counting([type, asked, scope, { sql, many, now }]: Asking) {
  const params = new Params()
  const reads = asksByPerson(type, asked) ? 'few' : 'many'
  const counted = conditions(type, asked, { params, scope, now, reads })
  return { params, sql: reads === 'few' ? sql : many, ...counted }
}

type Counted = Pick<SearchResult, 'total' | 'people'>

async function countAll(asking: Asking): Promise<CountByPerson & { unknown: readonly string[] }> {
  const { from, params, sql, unknown } = counting(asking)
  return { ...(await countByPerson(sql, { from, at: 'i', values: params.values })), unknown }
}

async function countOnly(asking: Asking): Promise<SearchResult> {
  return { matches: [], owners: new Map(), included: [], ...(await countAll(asking)) }
}

/**
 * The total, if it is asked for, and whom it counts beside those on the page. Who skips to the end of a search learns how
 * many there are without asking.
 */
async function countedBeside(
  { length }: readonly Found[],
  { count, offset, skips, withTotal }: ResultParameters,
  asking: Asking,
): Promise<Counted> {
  const isLast = length <= count
  if (isLast && offset === 0) return withTotal ? { total: length } : {}
  if (withTotal) return await countAll(asking)
  return isLast && skips ? { people: (await countAll(asking)).people } : {}
}

/** Each text has a plan of its own: not one for every size that somebody may ask for. */
const usualSizes = [20, 50, 100]

/**
 * One row more than asked for: it shows whether there is a next page. Where rows are read one after the other, the first page
 * says its size in the text: the database sees that it reads little, and keeps the plan instead of making it each time.
 */
function limitSql({ count, offset }: ResultParameters, params: Params, isLittle = false): string {
  if (isLittle && offset === 0 && usualSizes.includes(count)) return `limit ${count + 1}`
  return `limit ${params.add(count + 1, 'int')} offset ${params.add(offset, 'int')}`
}

type Page = { from: string; order: string; limit: string; params: Params }

async function page(
  sql: ReadingSql,
  { from, order, limit, params }: Page,
): Promise<readonly Found[]> {
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

/** An unknown parameter would make a condition match everything: it is refused. */
export async function matchingIds(
  type: string,
  query: URLSearchParams,
  scope: Scope,
  deps: Deps & { limit: number },
): Promise<readonly string[]> {
  enforceSearchLimits(query)
  const params = new Params()
  const { from, unknown } = conditions(type, query, {
    ...{ params, scope, now: deps.now, reads: 'few' },
  })
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
  system: hl7CodeSystem('v3-ObservationValue'),
  code: 'SUBSETTED',
} as const

/** The record with the requested elements; a shortened record says so in its tags. */
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
