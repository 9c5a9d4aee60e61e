import { mayBeWithheld } from '#domain/access/labels/withheld-links.ts'
import type { Scope } from '#domain/access/scope.ts'
import { referenceTarget } from '#domain/fhir/reference-target.ts'
import { isResourceType, type SearchParameter } from '#server/fhir/search-parameters.ts'
import { namesRecordOwner } from '#server/store/access/record-owner.ts'
import { mayHideLinks, withheldSql } from '#server/store/access/withheld-sql.ts'
import { mainDateOf, plainText, tokenText } from '#server/store/indexing/index-entries.ts'
import { isOwnToken, shapeSql } from '#server/store/indexing/shape.ts'
import { referenceKey, valueKeys } from '#server/store/indexing/shared-rows.ts'
import type { Params } from '#server/store/params.ts'
import { presenceHash, tokenHash } from '#server/store/token-hash.ts'
import { dateRangeSql, numberRangeSql, quantityRangeSql } from './ranges.ts'
import { SearchError } from './search-error.ts'
import { alternatives, splitUnescaped, unescapedSearchText } from './search-text.ts'

/** One parameter of a search, to become a condition on the row `at` of the table idx. */
export type AskedValue = Readonly<{
  type: string
  at: string
  parameter: SearchParameter
  name: string
  modifier: string | undefined
  value: string
  params: Params
  scope: Scope
  now: Date
}>

/** The condition as SQL. Throws `SearchError` on a malformed value or a modifier that this kind does not have. */
export function valueSql(condition: AskedValue): string {
  if (condition.modifier === 'missing') return missingSql(condition)
  switch (condition.parameter.kind) {
    case 'token':
      return tokenSql(condition)
    case 'reference':
      return referenceSql(condition)
    case 'uri':
      return uriSql(condition)
    case 'string':
      return stringSql(condition)
    default:
      return rangeSql(condition)
  }
}

function refuse(condition: AskedValue): never {
  throw new SearchError(
    `The modifier :${condition.modifier} cannot be used with the ${condition.parameter.kind} parameter ${condition.parameter.code}`,
  )
}

/** Tokens of its own, or of the shape that it has in common with others. */
function hasToken({ at, params }: AskedValue, code: string, tokens: readonly number[]): string {
  const wanted = params.add([...tokens], 'bigint[]')
  return isOwnToken(code) ? `${at}.tok && ${wanted}` : shapeSql(at, wanted)
}

/** A record has a token of this reference or address. */
function leadsTo({ at, params }: AskedValue, tokens: readonly number[]): string {
  return `${at}.tok && ${params.add([...tokens], 'bigint[]')}`
}

function missingSql(condition: AskedValue): string {
  if (condition.value !== 'true' && condition.value !== 'false')
    throw new SearchError(`${condition.name} takes true or false, not "${condition.value}"`)
  const has = condition.params.add([presenceHash(condition.parameter.code)], 'bigint[]')
  const some = shapeSql(condition.at, has)
  const present = hidesLinks(condition) ? `(${some} and ${isShownSql(condition)})` : some
  return condition.value === 'true' ? `not (${present})` : present
}

function tokenSql(condition: AskedValue): string {
  const { modifier, parameter } = condition
  if (modifier === 'text') return textSql(condition)
  if (modifier !== undefined && modifier !== 'not') refuse(condition)
  const found = hasToken(condition, parameter.code, tokensOf(condition, parameter.code))
  // a record without tokens of its own has none of these either
  return modifier === 'not' ? `(${found}) is not true` : found
}

/** `system|code`, `|code` (without a system), `system|` (any code of it), `code` (any system). */
function tokensOf(condition: AskedValue, code: string): readonly number[] {
  return alternatives(condition.name, condition.value).map((each) => {
    const parts = splitUnescaped(each, '|').map(unescapedSearchText)
    if (parts.length > 2)
      throw new SearchError(`"${each}" is not a token for ${condition.name}: system|code`)
    const [first = '', second] = parts
    if (second === undefined) return tokenHash(code, undefined, first.toLowerCase())
    return tokenHash(code, first, second === '' ? undefined : tokenText(first, second))
  })
}

/** Read from the record itself: display texts are not indexed; other conditions narrow the search. */
function textSql(condition: AskedValue): string {
  const wanted = alternatives(condition.name, condition.value).map((each) =>
    JSON.stringify(unescapedSearchText(each)),
  )
  const matches = condition.parameter.paths.flatMap((path) => {
    const place = path.replace(/\[[^\]]*\]/g, '')
    return wanted.map((text) => {
      const like = (property: string) => `@.${property} like_regex ${text} flag "iq"`
      return `r.content @? ${condition.params.add(`$.${place}.** ? (${like('text')} || ${like('display')})`, 'jsonpath')}`
    })
  })
  return `exists (select 1 from resource r where r.rid = ${condition.at}.rid and (${matches.join(' or ')}))`
}

/** A hidden link does not exist for a search either. */
function hidesLinks({ scope, parameter: { kind, targets } }: AskedValue): boolean {
  return kind === 'reference' && mayHideLinks(scope, targets)
}

/** The record has a value for the parameter that is shown to the user. */
function isShownSql(condition: AskedValue): string {
  const key = condition.params.add(referenceKey(condition.type, condition.parameter.code), 'int')
  const links = `from ref f where f.rid = ${condition.at}.rid and f.key = ${key}`
  return `(not exists (select 1 ${links}) or exists (select 1 ${links} and not ${withheldSql('f.to_rt', 'f.to_id', condition)}))`
}

function referenceSql(condition: AskedValue): string {
  const { modifier, parameter } = condition
  if (modifier === 'text') return shownAs(condition, textSql(condition))
  if (modifier === 'identifier')
    return shownAs(
      condition,
      leadsTo(condition, tokensOf(condition, `${parameter.code}:identifier`)),
    )
  if (modifier !== undefined && !isResourceType(modifier)) refuse(condition)
  const values = alternatives(condition.name, condition.value).map(unescapedSearchText)
  const types = modifier ? [modifier] : parameter.targets
  const names = values.flatMap((each) => namesOf(each, types))
  const open = types.length === 0 ? values.filter((each) => !/[/:]/.test(each)) : []
  const alternativeSql = [
    ...namedSql(condition, names),
    open.length > 0 ? bareSql(condition, open) : '',
  ]
  return `(${alternativeSql.filter(Boolean).join(' or ')})`
}

const shownAs = (condition: AskedValue, found: string) =>
  hidesLinks(condition) ? `(${found} and ${isShownSql(condition)})` : found

/** Any of these names; those that may be hidden only as far as they are not. */
function namedSql(condition: AskedValue, names: readonly string[]): readonly string[] {
  const hides = hidesLinks(condition)
  const closed = hides ? names.filter(isClosed) : []
  const open = hides ? names.filter((each) => !isClosed(each)) : names
  const tokenOf = (name: string) => tokenHash(condition.parameter.code, undefined, name)
  const isOwners = namesRecordOwner(condition.type, condition.parameter.code)
  const isPerson = (name: string) => isOwners && name.startsWith('Patient/')
  const others = open.filter((name) => !isPerson(name))
  return [
    ownedSql(condition, open.filter(isPerson)),
    others.length > 0 ? leadsTo(condition, others.map(tokenOf)) : '',
    closed.length > 0 ? closedSql(condition, closed, closed.map(tokenOf)) : '',
  ]
}

/** People by whom a record is found by its column, or by a token of its own where it names another as well. */
function ownedSql(condition: AskedValue, names: readonly string[]): string {
  if (names.length === 0) return ''
  const { at, params, parameter, type } = condition
  const tokens = names.map((name) => tokenHash(parameter.code, undefined, name))
  const key = params.add(referenceKey(type, parameter.code), 'int')
  return `${isTheirsSql(condition, names)}(${at}.own = ${key} or ${leadsTo(condition, tokens)})`
}

/** What follows from naming people, in a column that has an index: their few records are read, not all of the type. */
function isTheirsSql({ at, params }: AskedValue, names: readonly string[]): string {
  const people = names.map((name) => name.slice('Patient/'.length))
  const [only] = people
  const isTheirs =
    people.length === 1 ? `= ${params.add(only, 'text')}` : `= any(${params.add(people, 'text[]')})`
  return `${at}.person ${isTheirs} and `
}

const isClosed = (name: string) => mayBeWithheld(referenceTarget(name)?.type ?? 'Patient')

function closedSql(
  condition: AskedValue,
  names: readonly string[],
  tokens: readonly number[],
): string {
  const [types, ids] = [0, 1].map((at) =>
    condition.params.add(
      names.map((name) => name.split('/')[at] ?? ''),
      'text[]',
    ),
  )
  return `${condition.at}.tok && array(
    select n.token from unnest(${types}, ${ids}, ${condition.params.add([...tokens], 'bigint[]')}) as n (rt, id, token)
    where not ${withheldSql('n.rt', 'n.id', condition)})`
}

/** `Type/id` for a literal reference; for a bare id one for each type that it may be of. */
function namesOf(value: string, types: readonly string[]): readonly string[] {
  const target = referenceTarget(value)
  if (target) return [`${target.type}/${target.id}`]
  return /[/:]/.test(value) ? [value] : types.map((type) => `${type}/${value}`)
}

function bareSql(condition: AskedValue, ids: readonly string[]): string {
  const key = referenceKey(condition.type, condition.parameter.code)
  return `exists (select 1 from ref f where f.rid = ${condition.at}.rid and f.key = ${condition.params.add(key, 'int')}
    and f.to_id = any(${condition.params.add([...ids], 'text[]')})${isOpenSql(condition)})`
}

const isOpenSql = (condition: AskedValue) =>
  hidesLinks(condition) ? ` and not ${withheldSql('f.to_rt', 'f.to_id', condition)}` : ''

/** Main dates: one stands with the record, several in rows of sp. Without conditions inside: see `codeRows`. */
const dateRows = `(select rid, key, lo, hi from sp union all select rid, kind, dt, until from resource)`

/** A condition on the rows of the parameter in sp, called v. */
function someRow(condition: AskedValue, conditions: readonly string[]): string {
  const keys = valueKeys(condition.type, condition.parameter.code)
  const isOfIt =
    keys.length === 1
      ? `= ${condition.params.add(keys[0], 'int')}`
      : `= any(${condition.params.add(keys, 'int[]')})`
  const from =
    condition.parameter.code === mainDateOf(condition.type)
      ? `${dateRows} v where v.hi is not null and`
      : 'sp v where'
  return `${condition.at}.rid in (select v.rid from ${from} v.key ${isOfIt} and (${conditions.join(' or ')}))`
}

function uriSql(condition: AskedValue): string {
  const values = alternatives(condition.name, condition.value).map(unescapedSearchText)
  const { params } = condition
  if (condition.modifier === undefined)
    return leadsTo(
      condition,
      values.map((each) => tokenHash(condition.parameter.code, undefined, each)),
    )
  if (condition.modifier === 'below')
    return someRow(
      condition,
      values.map((each) => beginsSql(each, params)),
    )
  if (condition.modifier === 'above')
    return someRow(
      condition,
      values.map((each) => `starts_with(${params.add(each, 'text')}, v.s)`),
    )
  return refuse(condition)
}

/** As a range, for which every plan can use the index: the pattern of LIKE has to be known when the plan is made. */
function beginsSql(text: string, params: Params): string {
  return `(v.s >= ${params.add(text, 'text')} and v.s < ${params.add(`${text}\u{10FFFF}`, 'text')})`
}

function likeable(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}

function stringSql(condition: AskedValue): string {
  const { modifier, params } = condition
  const conditions = alternatives(condition.name, condition.value).map((each) => {
    const text = unescapedSearchText(each)
    const plain = plainText(text)
    // nothing but punctuation: it is not the beginning of every name
    if (plain === '' && text.trim() !== '') return 'false'
    if (modifier === undefined) return beginsSql(plain, params)
    if (modifier === 'contains') return `v.s like ${params.add(`%${likeable(plain)}%`, 'text')}`
    if (modifier === 'exact')
      return `(v.s = ${params.add(plain, 'text')} and v.x = ${params.add(text, 'text')})`
    return refuse(condition)
  })
  return someRow(condition, conditions)
}

function rangeSql(condition: AskedValue): string {
  const { kind } = condition.parameter
  if (condition.modifier !== undefined) refuse(condition)
  const span = { lo: 'v.lo', hi: 'v.hi' }
  const conditions = alternatives(condition.name, condition.value).map((each) => {
    if (kind === 'date')
      return dateRangeSql(condition.name, each, span, condition.params, condition.now)
    if (kind === 'quantity') return quantityRangeSql(condition.name, each, condition.params)
    if (kind === 'number') return numberRangeSql(condition.name, each, condition.params)
    throw new SearchError(`The parameter ${condition.parameter.code} cannot be searched`)
  })
  return someRow(condition, conditions)
}
