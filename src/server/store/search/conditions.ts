import type { Scope } from '#domain/access/scope.ts'
import { isResourceType, searchParametersOf } from '#server/fhir/search-parameters.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import type { Params } from '#server/store/params.ts'
import { parameterKey } from '#server/store/token-hash.ts'
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

export type QueryContext = Readonly<{ params: Params; scope: Scope; now: Date }>

/** Where a condition stands: on the row `at` of idx that is a record of `type`; `depth` counts the chain's links. */
type Place = Readonly<{ type: string; at: string; depth: number }>

/** Links of a chain: `subject:Patient.general-practitioner.name` has two. */
const longest = 3

/** One search parameter as a condition on a row of idx; undefined when the type does not know it. */
export function conditionSql(
  place: Place,
  text: string,
  value: string,
  ground: QueryContext,
): string | undefined {
  if (place.depth > longest) throw tooCostly(`The chain in ${text} is too long`)
  if (text.startsWith('_has:')) return hasSql(place, text, value, ground)
  const name = parameterName(text)
  if (name.chain !== undefined) return chainSql(place, name, value, ground)
  if (name.code === '_id') return idSql(place, name, value, ground)
  if (name.code === '_lastUpdated') return updatedSql(place, name, value, ground)
  const parameter = searchParametersOf(place.type).get(name.code)
  if (!parameter) return undefined
  const { type, at } = place
  return valueSql({ ...ground, type, at, parameter, name: text, modifier: name.modifier, value })
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
  const ways = alternatives('_lastUpdated', value).map((each) =>
    dateRangeSql('_lastUpdated', each, { lo: instant, hi: `(${instant} + 1)` }, params, now),
  )
  return `(${ways.join(' or ')})`
}

/** `subject:Patient.name=x`: what is referred to must fulfil the rest, and lie within the scope itself. */
function chainSql(
  place: Place,
  name: ParameterName,
  value: string,
  ground: QueryContext,
): string | undefined {
  const parameter = searchParametersOf(place.type).get(name.code)
  if (parameter?.kind !== 'reference') return undefined
  const types = name.modifier === undefined ? parameter.targets : [name.modifier]
  if (types.length === 0)
    throw new SearchError(`Say which type ${name.code} leads to: ${name.code}:Patient.…`)
  const at = `c${place.depth}`
  const ways = types.filter(isResourceType).flatMap((type) => {
    const rest = conditionSql({ type, at, depth: place.depth + 1 }, name.chain ?? '', value, ground)
    return rest === undefined ? [] : [`(${at}.rt = ${ground.params.add(type, 'text')} and ${rest})`]
  })
  if (ways.length === 0) return undefined
  const key = ground.params.add(parameterKey(place.type, name.code), 'int')
  return `${place.at}.rid in (
    select f.rid from ref f join idx ${at} on ${at}.rt = f.to_rt and ${at}.id = f.to_id
    where f.key = ${key} and ${scopeSql(ground.scope, at, ground.params, ground.now)} and (${ways.join(' or ')}))`
}

/** `_has:Observation:patient:code=x`: some record that refers here fulfils the rest, and lies within the scope. */
function hasSql(
  place: Place,
  text: string,
  value: string,
  ground: QueryContext,
): string | undefined {
  const [, type = '', code = '', ...rest] = text.split(':')
  if (rest.length === 0) throw new SearchError(`${text} must be _has:Type:reference:parameter`)
  if (!isResourceType(type) || searchParametersOf(type).get(code)?.kind !== 'reference')
    return undefined
  const at = `h${place.depth}`
  const condition = conditionSql(
    { type, at, depth: place.depth + 1 },
    rest.join(':'),
    value,
    ground,
  )
  if (condition === undefined) return undefined
  const key = ground.params.add(parameterKey(type, code), 'int')
  return `${place.at}.id in (
    select f.to_id from ref f join idx ${at} on ${at}.rid = f.rid
    where f.key = ${key} and f.to_rt = ${ground.params.add(place.type, 'text')}
      and ${scopeSql(ground.scope, at, ground.params, ground.now)} and ${condition})`
}
