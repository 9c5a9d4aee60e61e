import type { Resource } from '@medplum/fhirtypes'
import type { Scope } from '#domain/access/scope.ts'
import {
  isResourceType,
  resourceTypes,
  searchParametersOf,
} from '#server/fhir/search-parameters.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { referenceKey, sharesRows } from '#server/store/indexing/shared-rows.ts'
import { Params } from '#server/store/params.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { completeRow, type StoredVersionRow } from '#server/store/stored-version.ts'
import { tooCostly } from './limits.ts'
import type { Include, ResultParameters } from './result-parameters.ts'

type Deps = Readonly<{ sql: ReadingSql; now: Date; scope: Scope }>
type Named = Readonly<{ rid: number; name: string }>
type Found = Omit<StoredVersionRow, 'content'> & { rid: number; content: Resource }

const mostRounds = 6
const mostIncluded = 5000

/** What `_include` and `_revinclude` add to the matches: within the scope, each once, never a match again. */
export async function includedWith(
  matches: readonly Named[],
  controls: ResultParameters,
  deps: Deps,
): Promise<readonly Resource[]> {
  const seen = new Set(matches.map((each) => each.rid))
  const found: Resource[] = []
  let from = matches
  for (let round = 0; round < mostRounds && from.length > 0; round++) {
    const includes = controls.includes.filter((each) => round === 0 || each.iterate)
    const rows = await followAll(includes, from, deps)
    const fresh = rows.filter((row) => !seen.has(row.rid) && seen.add(row.rid))
    found.push(...fresh.map(completeRow))
    from = fresh.map((row) => ({ rid: row.rid, name: `${row.rt}/${row.id}` }))
    if (rows.length >= mostIncluded || found.length >= mostIncluded) throw tooManyIncluded()
  }
  return found
}

const tooManyIncluded = () =>
  tooCostly(`This page would include more than ${mostIncluded} records: ask for fewer with _count`)

/** Includes that name no reference parameter of their type, as they were written. */
export function unknownIncludes(includes: readonly Include[]): readonly string[] {
  return includes
    .filter(({ type, code }) => {
      if (type === '*') return false
      if (code === '*') return !isResourceType(type)
      return searchParametersOf(type).get(code)?.kind !== 'reference'
    })
    .map(({ reverse, type, code }) => `${reverse ? '_revinclude' : '_include'}=${type}:${code}`)
}

async function followAll(
  includes: readonly Include[],
  from: readonly Named[],
  deps: Deps,
): Promise<readonly Found[]> {
  const types = new Set(from.map((each) => each.name.split('/')[0]))
  const rows: Found[] = []
  for (const reverse of [false, true]) {
    const some = includes.filter((each) => each.reverse === reverse && canLead(each, types))
    if (some.length > 0) rows.push(...(await follow(some, reverse, from, deps)))
  }
  return rows
}

/** Forward from a record of its own type only. */
function canLead({ reverse, type }: Include, types: ReadonlySet<string | undefined>): boolean {
  return reverse || type === '*' || types.has(type)
}

/** All includes of one direction in one statement. */
async function follow(
  includes: readonly Include[],
  reverse: boolean,
  from: readonly Named[],
  deps: Deps,
): Promise<readonly Found[]> {
  const params = new Params()
  const scope = scopeSql(deps.scope, 't', params, deps.now)
  const ways = includes.map((each) => `(${wayOf(each, params)})`)
  const { rows } = await deps.sql.query<Found>(
    `select r.rid, r.rt, r.id, r.vid, r.ts, r.person, r.content from resource r where r.rid in (
      select t.rid from ${reverse ? backward(from, params) : forward(from, params)} where ${scope} and (${ways.join(' or ')})
    ) order by r.rid limit ${params.add(mostIncluded, 'int')}`,
    params.values,
  )
  return rows
}

function wayOf({ type, code, target }: Include, params: Params): string {
  const to = target === undefined ? '' : ` and f.to_rt = ${params.add(target, 'text')}`
  if (type === '*' && code === '*') return `f.key is not null${to}`
  const types = type === '*' ? resourceTypes : [type]
  const named = types.flatMap((each) => codesOf(each, code).map((one) => ({ each, one })))
  const keysOf = (isShared: boolean) =>
    named.flatMap(({ each, one }) =>
      sharesRows(each, one) === isShared ? [referenceKey(each, one)] : [],
    )
  const own = `f.key = any(${params.add(keysOf(false), 'int[]')})`
  // rows that are shared are about people where they are said by `patient`
  const shared = `f.key = any(${params.add(keysOf(true), 'int[]')}) and f.to_rt = 'Patient'`
  return `(${own} or (${shared}))${to}`
}

/** The reference parameters of a type that an include names. */
const codesOf = (type: string, code: string): readonly string[] =>
  [...searchParametersOf(type).values()].flatMap((each) =>
    each.kind === 'reference' && (code === '*' || code === each.code) ? [each.code] : [],
  )

function forward(from: readonly Named[], params: Params): string {
  const rids = params.add(
    from.map((each) => each.rid),
    'bigint[]',
  )
  return `(select * from ref where rid = any(${rids})) f join idx t on t.rt = f.to_rt and t.id = f.to_id`
}

/**
 * Type and id separately: a function around them in the join would keep the database from using its index under
 * row-level security.
 */
function backward(from: readonly Named[], params: Params): string {
  const parts = from.map((each) => each.name.split('/'))
  const [types, ids] = [0, 1].map((at) =>
    params.add(
      parts.map((each) => each[at] ?? ''),
      'text[]',
    ),
  )
  return `(select ref.* from unnest(${types}, ${ids}) as n (rt, id) join ref
    on ref.to_rt = n.rt and ref.to_id = n.id) f join idx t on t.rid = f.rid`
}
