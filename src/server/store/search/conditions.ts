import type { Scope } from '#domain/access/scope.ts'
import { isResourceType, searchParametersOf } from '#server/fhir/search-parameters.ts'
import { type Reads, scopeSql } from '#server/store/access/scope-sql.ts'
import { referenceKey, sharesRows } from '#server/store/indexing/shared-rows.ts'
import type { Params } from '#server/store/params.ts'
import { tokenHash } from '#server/store/token-hash.ts'
import { codeAsked, codeRows, codeSql } from './index-scan.ts'
import { tooCostly } from './limits.ts'
import { dateRangeSql } from './ranges.ts'
import { SearchError } from './search-error.ts'
import {
  alternatives,
  type ParameterName,
  parameterName,
  unescapedSearchText,
} from './search-text.ts'
import { valueSql } from './values.ts'

export type QueryContext = Readonly<{
  params: Params
  scope: Scope
  now: Date
  reads: Reads
  /** `_has:…=value` with so many people that they are tried one after the other: see `commonHas` */
  common?: ReadonlySet<string>
}>

/** Where a condition applies: to the row `at` of idx, a record of `type`; `depth` counts the chain's links. */
type Place = Readonly<{ type: string; at: string; depth: number }>

/** Links of a chain: `subject:Patient.general-practitioner.name` has two. */
const longest = 3

/** One search parameter as a condition on a row of idx; undefined if the type does not have it. */
export function conditionSql(
  place: Place,
  text: string,
  value: string,
  context: QueryContext,
): string | undefined {
  if (place.depth > longest) throw tooCostly(`The chain in ${text} is too long`)
  if (text.startsWith('_has:')) return hasSql(place, text, value, context)
  const name = parameterName(text)
  if (name.chain !== undefined) return chainSql(place, name, value, context)
  if (name.code === '_id') return idSql(place, name, value, context)
  if (name.code === '_lastUpdated') return updatedSql(place, name, value, context)
  const parameter = searchParametersOf(place.type).get(name.code)
  if (!parameter) return undefined
  const { type, at } = place
  return valueSql({ ...context, type, at, parameter, name: text, modifier: name.modifier, value })
}

function idSql(place: Place, name: ParameterName, value: string, { params }: QueryContext): string {
  if (name.modifier !== undefined) throw new SearchError(`_id has no modifier :${name.modifier}`)
  const ids = alternatives('_id', value).map(unescapedSearchText)
  return `${place.at}.id = any(${params.add(ids, 'text[]')})`
}

function updatedSql(
  place: Place,
  name: ParameterName,
  value: string,
  { params, now }: QueryContext,
): string {
  if (name.modifier !== undefined)
    throw new SearchError(`_lastUpdated has no modifier :${name.modifier}`)
  const instant = `(extract(epoch from ${place.at}.ts) * 1000)::float8`
  const alternativeSql = alternatives('_lastUpdated', value).map((each) =>
    dateRangeSql('_lastUpdated', each, { lo: instant, hi: `(${instant} + 1)` }, params, now),
  )
  return `(${alternativeSql.join(' or ')})`
}

const reachSql = (at: string, { scope, params, now, reads }: QueryContext) =>
  scopeSql(scope, at, params, now, reads)

/** `subject:Patient.name=x`: the target must match the rest, and be within the scope itself. */
function chainSql(
  place: Place,
  name: ParameterName,
  value: string,
  context: QueryContext,
): string | undefined {
  const parameter = searchParametersOf(place.type).get(name.code)
  if (parameter?.kind !== 'reference') return undefined
  const types = name.modifier === undefined ? parameter.targets : [name.modifier]
  if (types.length === 0)
    throw new SearchError(`Say which type ${name.code} leads to: ${name.code}:Patient.…`)
  const at = `c${place.depth}`
  const alternativeSql = types.filter(isResourceType).flatMap((type) => {
    if (sharesRows(place.type, name.code) && type !== 'Patient') return ['false']
    const rest = conditionSql(
      { type, at, depth: place.depth + 1 },
      name.chain ?? '',
      value,
      context,
    )
    return rest === undefined
      ? []
      : [`(${at}.rt = ${context.params.add(type, 'text')} and ${rest})`]
  })
  if (alternativeSql.length === 0) return undefined
  const key = context.params.add(referenceKey(place.type, name.code), 'int')
  return `${place.at}.rid in (
    select f.rid from ref f join idx ${at} on ${at}.rt = f.to_rt and ${at}.id = f.to_id
    where f.key = ${key} and ${reachSql(at, context)} and (${alternativeSql.join(' or ')}))`
}

type Has = Readonly<{ place: Place; type: string; code: string; asked: string; value: string }>

/** `_has:Observation:patient:code=x`: some record that refers here matches the rest, and is within the scope. */
function hasSql(
  place: Place,
  text: string,
  value: string,
  context: QueryContext,
): string | undefined {
  const [, type = '', code = '', ...rest] = text.split(':')
  if (rest.length === 0) throw new SearchError(`${text} must be _has:Type:reference:parameter`)
  if (!isResourceType(type) || searchParametersOf(type).get(code)?.kind !== 'reference')
    return undefined
  const has = { place, type, code, asked: rest.join(':'), value }
  if (place.depth === 0 && context.common?.has(`${text}=${value}`))
    return commonHasSql(has, context)
  return codedHasSql(has, context) ?? anyHasSql(has, context)
}

const refersHere = ({ place, type, code }: Has, { params }: QueryContext) =>
  `f.key = ${params.add(referenceKey(type, code), 'int')} and f.to_rt = ${params.add(place.type, 'text')}${
    sharesRows(type, code) && place.type !== 'Patient' ? ' and false' : ''
  }`

function anyHasSql(has: Has, context: QueryContext): string | undefined {
  const { place, type, asked, value } = has
  const at = `h${place.depth}`
  const condition = conditionSql({ type, at, depth: place.depth + 1 }, asked, value, context)
  if (condition === undefined) return undefined
  return `${place.at}.id in (
    select f.to_id from ref f join idx ${at} on ${at}.rid = f.rid
    where ${refersHere(has, context)} and ${reachSql(at, context)} and ${condition})`
}

/** Begins with the records that have the code. */
function codedHasSql(has: Has, context: QueryContext): string | undefined {
  const { place, type, asked, value } = has
  const code = codeAsked(type, asked, value)
  if (!code) return undefined
  const at = `h${place.depth}`
  return `${place.at}.id in (
    select f.to_id from ${codeRows} d join ref f on f.rid = d.rid join idx ${at} on ${at}.rid = d.rid
    where ${codeSql('d', code, context.params)} and ${refersHere(has, context)} and ${reachSql(at, context)})`
}

/**
 * Searches each person’s own records, one person after the other until the page is full. The shapes
 * that have the code are looked up once, and compared one by one: with `+ 0`, because an index, which has everybody’s
 * records of a shape, would be read again for each person.
 */
function commonHasSql(has: Has, context: QueryContext): string | undefined {
  const { place, type, asked, value } = has
  const code = codeAsked(type, asked, value)
  if (!code) return undefined
  const at = `h${place.depth}`
  const token = context.params.add(tokenHash(asked, code.system, code.text), 'bigint')
  return `exists (
    select 1 from idx ${at} join ref f on f.rid = ${at}.rid
    where ${at}.person = ${place.at}.person and ${at}.rt = ${context.params.add(type, 'text')}
      and ${at}.shape + 0 = any(array(select s.id from shape s where s.tok && array[${token}])) and ${reachSql(at, context)}
      and ${refersHere(has, context)} and f.to_id = ${place.at}.id offset 0)`
}
