import { mayBeWithheld } from '#domain/access/labels/withheld-links.ts'
import type { Scope } from '#domain/access/scope.ts'
import { referenceTarget } from '#domain/fhir/reference-target.ts'
import { isResourceType, type SearchParameter } from '#server/fhir/search-parameters.ts'
import { namesRecordOwner } from '#server/store/access/record-owner.ts'
import { mayHideLinks, withheldSql } from '#server/store/access/withheld-sql.ts'
import { plainText, tokenText } from '#server/store/indexing/index-entries.ts'
import type { Params } from '#server/store/params.ts'
import { parameterKey, presenceHash, tokenHash } from '#server/store/token-hash.ts'
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
export function valueSql(asked: AskedValue): string {
  if (asked.modifier === 'missing') return missingSql(asked)
  switch (asked.parameter.kind) {
    case 'token':
      return tokenSql(asked)
    case 'reference':
      return referenceSql(asked)
    case 'uri':
      return uriSql(asked)
    case 'string':
      return stringSql(asked)
    default:
      return rangeSql(asked)
  }
}

function refuse(asked: AskedValue): never {
  throw new SearchError(
    `The modifier :${asked.modifier} cannot be used with the ${asked.parameter.kind} parameter ${asked.parameter.code}`,
  )
}

function hasToken(asked: AskedValue, tokens: readonly number[]): string {
  return `${asked.at}.tok && ${asked.params.add([...tokens], 'bigint[]')}`
}

function missingSql(asked: AskedValue): string {
  if (asked.value !== 'true' && asked.value !== 'false')
    throw new SearchError(`${asked.name} takes true or false, not "${asked.value}"`)
  const some = hasToken(asked, [presenceHash(asked.parameter.code)])
  const present = hidesLinks(asked) ? `(${some} and ${isShownSql(asked)})` : some
  return asked.value === 'true' ? `not (${present})` : present
}

function tokenSql(asked: AskedValue): string {
  const { modifier, parameter } = asked
  if (modifier === 'text') return textSql(asked)
  if (modifier !== undefined && modifier !== 'not') refuse(asked)
  const found = hasToken(asked, tokensOf(asked, parameter.code))
  return modifier === 'not' ? `not (${found})` : found
}

/** `system|code`, `|code` (without a system), `system|` (any code of it), `code` (any system). */
function tokensOf(asked: AskedValue, code: string): readonly number[] {
  return alternatives(asked.name, asked.value).map((each) => {
    const parts = splitUnescaped(each, '|').map(unescapedSearchText)
    if (parts.length > 2)
      throw new SearchError(`"${each}" is not a token for ${asked.name}: system|code`)
    const [first = '', second] = parts
    if (second === undefined) return tokenHash(code, undefined, first.toLowerCase())
    return tokenHash(code, first, second === '' ? undefined : tokenText(first, second))
  })
}

/** Read from the record itself: display texts are not indexed; other conditions narrow the search. */
function textSql(asked: AskedValue): string {
  const wanted = alternatives(asked.name, asked.value).map((each) =>
    JSON.stringify(unescapedSearchText(each)),
  )
  const matches = asked.parameter.paths.flatMap((path) => {
    const place = path.replace(/\[[^\]]*\]/g, '')
    return wanted.map((text) => {
      const like = (property: string) => `@.${property} like_regex ${text} flag "iq"`
      return `r.content @? ${asked.params.add(`$.${place}.** ? (${like('text')} || ${like('display')})`, 'jsonpath')}`
    })
  })
  return `exists (select 1 from resource r where r.rid = ${asked.at}.rid and (${matches.join(' or ')}))`
}

/** A hidden link does not exist for a search either. */
function hidesLinks({ scope, parameter: { kind, targets } }: AskedValue): boolean {
  return kind === 'reference' && mayHideLinks(scope, targets)
}

/** The record has a value for the parameter that is shown to the user. */
function isShownSql(asked: AskedValue): string {
  const key = asked.params.add(parameterKey(asked.type, asked.parameter.code), 'int')
  const links = `from ref f where f.rid = ${asked.at}.rid and f.key = ${key}`
  return `(not exists (select 1 ${links}) or exists (select 1 ${links} and not ${withheldSql('f.to_rt', 'f.to_id', asked)}))`
}

function referenceSql(asked: AskedValue): string {
  const { modifier, parameter } = asked
  if (modifier === 'text') return shownAs(asked, textSql(asked))
  if (modifier === 'identifier')
    return shownAs(asked, hasToken(asked, tokensOf(asked, `${parameter.code}:identifier`)))
  if (modifier !== undefined && !isResourceType(modifier)) refuse(asked)
  const values = alternatives(asked.name, asked.value).map(unescapedSearchText)
  const types = modifier ? [modifier] : parameter.targets
  const names = values.flatMap((each) => namesOf(each, types))
  const open = types.length === 0 ? values.filter((each) => !/[/:]/.test(each)) : []
  const ways = [...namedSql(asked, names), open.length > 0 ? bareSql(asked, open) : '']
  return `(${ways.filter(Boolean).join(' or ')})`
}

const shownAs = (asked: AskedValue, found: string) =>
  hidesLinks(asked) ? `(${found} and ${isShownSql(asked)})` : found

/** Any of these names; those that may be hidden only as far as they are not. */
function namedSql(asked: AskedValue, names: readonly string[]): readonly string[] {
  const hides = hidesLinks(asked)
  const closed = hides ? names.filter(isClosed) : []
  const open = hides ? names.filter((each) => !isClosed(each)) : names
  const tokenOf = (name: string) => tokenHash(asked.parameter.code, undefined, name)
  return [
    open.length > 0 ? `${isTheirsSql(asked, open)}${hasToken(asked, open.map(tokenOf))}` : '',
    closed.length > 0 ? closedSql(asked, closed, closed.map(tokenOf)) : '',
  ]
}

/** What follows from naming people, in a column that has an index: their few records are read, not all of the type. */
function isTheirsSql(
  { type, at, parameter, params }: AskedValue,
  names: readonly string[],
): string {
  const people = names.flatMap((name) => (name.startsWith('Patient/') ? [name.slice(8)] : []))
  if (people.length < names.length || !namesRecordOwner(type, parameter.code)) return ''
  const [only] = people
  const isTheirs =
    people.length === 1 ? `= ${params.add(only, 'text')}` : `= any(${params.add(people, 'text[]')})`
  return `${at}.person ${isTheirs} and `
}

const isClosed = (name: string) => mayBeWithheld(referenceTarget(name)?.type ?? 'Patient')

function closedSql(asked: AskedValue, names: readonly string[], tokens: readonly number[]): string {
  const [types, ids] = [0, 1].map((at) =>
    asked.params.add(
      names.map((name) => name.split('/')[at] ?? ''),
      'text[]',
    ),
  )
  return `${asked.at}.tok && array(
    select n.token from unnest(${types}, ${ids}, ${asked.params.add([...tokens], 'bigint[]')}) as n (rt, id, token)
    where not ${withheldSql('n.rt', 'n.id', asked)})`
}

/** `Type/id` for a literal reference; for a bare id one for each type that it may be of. */
function namesOf(value: string, types: readonly string[]): readonly string[] {
  const target = referenceTarget(value)
  if (target) return [`${target.type}/${target.id}`]
  return /[/:]/.test(value) ? [value] : types.map((type) => `${type}/${value}`)
}

function bareSql(asked: AskedValue, ids: readonly string[]): string {
  const key = parameterKey(asked.type, asked.parameter.code)
  return `exists (select 1 from ref f where f.rid = ${asked.at}.rid and f.key = ${asked.params.add(key, 'int')}
    and f.to_id = any(${asked.params.add([...ids], 'text[]')})${isOpenSql(asked)})`
}

const isOpenSql = (asked: AskedValue) =>
  hidesLinks(asked) ? ` and not ${withheldSql('f.to_rt', 'f.to_id', asked)}` : ''

/** A condition on the rows of the parameter in sp, called v. */
function someRow(asked: AskedValue, conditions: readonly string[]): string {
  const key = asked.params.add(parameterKey(asked.type, asked.parameter.code), 'int')
  return `${asked.at}.rid in (select v.rid from sp v where v.key = ${key} and v.key > 0 and (${conditions.join(' or ')}))`
}

function uriSql(asked: AskedValue): string {
  const values = alternatives(asked.name, asked.value).map(unescapedSearchText)
  const { params } = asked
  if (asked.modifier === undefined)
    return hasToken(
      asked,
      values.map((each) => tokenHash(asked.parameter.code, undefined, each)),
    )
  if (asked.modifier === 'below')
    return someRow(
      asked,
      values.map((each) => beginsSql(each, params)),
    )
  if (asked.modifier === 'above')
    return someRow(
      asked,
      values.map((each) => `starts_with(${params.add(each, 'text')}, v.s)`),
    )
  return refuse(asked)
}

/** As a range, for which every plan can use the index: the pattern of LIKE has to be known when the plan is made. */
function beginsSql(text: string, params: Params): string {
  return `(v.s >= ${params.add(text, 'text')} and v.s < ${params.add(`${text}\u{10FFFF}`, 'text')})`
}

function likeable(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}

function stringSql(asked: AskedValue): string {
  const { modifier, params } = asked
  const conditions = alternatives(asked.name, asked.value).map((each) => {
    const text = unescapedSearchText(each)
    const plain = plainText(text)
    // nothing but punctuation: it is not the beginning of every name
    if (plain === '' && text.trim() !== '') return 'false'
    if (modifier === undefined) return beginsSql(plain, params)
    if (modifier === 'contains') return `v.s like ${params.add(`%${likeable(plain)}%`, 'text')}`
    if (modifier === 'exact')
      return `(v.s = ${params.add(plain, 'text')} and v.x = ${params.add(text, 'text')})`
    return refuse(asked)
  })
  return someRow(asked, conditions)
}

function rangeSql(asked: AskedValue): string {
  const { kind } = asked.parameter
  if (asked.modifier !== undefined) refuse(asked)
  const span = { lo: 'v.lo', hi: 'v.hi' }
  const conditions = alternatives(asked.name, asked.value).map((each) => {
    if (kind === 'date') return dateRangeSql(asked.name, each, span, asked.params, asked.now)
    if (kind === 'quantity') return quantityRangeSql(asked.name, each, asked.params)
    if (kind === 'number') return numberRangeSql(asked.name, each, asked.params)
    throw new SearchError(`The parameter ${asked.parameter.code} cannot be searched`)
  })
  return someRow(asked, conditions)
}
