import { searchParametersOf } from '#server/fhir/search-parameters.ts'
import { namesRecordOwner } from '#server/store/access/record-owner.ts'
import {
  codeNumber,
  codeText,
  isFoundByCode,
  mainDateOf,
} from '#server/store/indexing/index-entries.ts'
import type { Params } from '#server/store/params.ts'
import { parameterKey } from '#server/store/token-hash.ts'
import { dateRangeSql, notOverBeforeSql } from './ranges.ts'
import { isResultParameter, type ResultParameters } from './result-parameters.ts'
import { alternatives, parameterName, splitUnescaped, unescapedSearchText } from './search-text.ts'

/**
 * How a search reads rows in the order in which it shows them, and no further than the page. `i` is the row of idx,
 * `d` that of sp if one leads to it.
 */
type IndexScan = Readonly<{
  from: string
  /** true if `from` reads records of the type only */
  isOfType: boolean
  /** what this parameter asks is already in `from` */
  says: (name: string, value: string) => boolean
}>

type OrderedScan = IndexScan & Readonly<{ order: string }>

/** If no index leads to the rows. */
export const fullScan: IndexScan = {
  from: 'idx i where true',
  isOfType: false,
  says: () => false,
}

type ScanQuery = Readonly<{ type: string; asked: URLSearchParams; sort: ResultParameters['sort'] }>

/** Records with one code, the latest first or unsorted: their rows are in that order, beside their date. */
export function codeIndexScan(
  { type, asked, sort }: ScanQuery,
  params: Params,
  now: Date,
): OrderedScan | undefined {
  const order = orderOf(type, sort)
  const found = [...asked].find(([name, value]) => codeAsked(type, name, value))
  const code = found && codeAsked(type, ...found)
  if (!order || !code || asksByPerson(type, asked)) return undefined
  const dates = [...asked].filter(([name, value]) => isMainDate(type, name, value))
  const isDated = dates.map(([name, value]) => datedSql(type, name, value, params, now))
  return {
    from: [
      `${codeRows} d join idx i on i.rid = d.rid where true`,
      codeSql('d', code, params),
      ...isDated,
    ].join(' and '),
    order,
    // the number of a code has the type in it
    isOfType: true,
    says: (name, value) => (name === 'code' && value === found[1]) || isMainDate(type, name, value),
  }
}

const isMainDate = (type: string, name: string, value: string) =>
  name === mainDateOf(type) && alternatives(name, value).length === 1

/** By the date beside the code; if one range is not enough, by each of the record’s ranges. */
function datedSql(type: string, name: string, value: string, params: Params, now: Date): string {
  const span = (at: string, lo = 'lo', hi = 'hi') =>
    dateRangeSql(name, value, { lo: `${at}.${lo}`, hi: `${at}.${hi}` }, params, now)
  const early = notOverBeforeSql(value, 'd.hi', params)
  return `${early}case when i.until is not null then ${span('i', 'dt', 'until')} else exists (
    select 1 from sp v where v.rid = d.rid and v.key = ${params.add(parameterKey(type, name), 'int')}
      and ${span('v')} offset 0) end`
}

function orderOf(type: string, sort: ResultParameters['sort']): string | undefined {
  const [first, ...others] = sort
  if (!first) return 'd.rid'
  const isLatestFirst = first.descending && first.code === mainDateOf(type)
  return isLatestFirst && others.length === 0 ? 'd.lo desc nulls last, d.rid' : undefined
}

/** Longer than an index holds: it is searched for like any other token. */
const longest = 200

export type Code = Readonly<{ number: number; system: string; text: string }>

/**
 * Codes of records with their date: one stands with the record, several in rows of sp. Without conditions inside, so that the
 * database reads both in one order.
 */
export const codeRows = `(select rid, code, dt as lo, until as hi from resource
  union all select rid, h as code, lo, hi from sp)`

/** The one code of a system that a parameter asks for, if records of this type are found by it. */
export function codeAsked(type: string, name: string, value: string): Code | undefined {
  const [system, code, ...others] = splitUnescaped(value, '|').map(unescapedSearchText)
  const isOne = splitUnescaped(value, ',').length === 1 && others.length === 0
  if (name !== 'code' || !isFoundByCode(type) || !isOne) return undefined
  if (system === undefined || !code || code.length > longest) return undefined
  const text = codeText(system, code)
  return { number: codeNumber(type, system, text), system, text }
}

/** Those of `codeRows`, called `at`, that have a code. */
export const codeSql = (at: string, { number }: Code, params: Params): string =>
  `${at}.code = ${params.add(number, 'bigint')}`

/**
 * True if a search names whose records it looks for: they are few, and reading them is quicker than reading those of a
 * code.
 */
export const asksByPerson = (type: string, params: URLSearchParams) =>
  [...params.keys()].some(
    (name) => !isResultParameter(name) && namesRecordOwner(type, parameterName(name).code),
  )

/** All records of a type that have a text, or a main date, in the order of it. */
export function orderIndexScan(
  type: string,
  asked: URLSearchParams,
  [key, ...others]: ResultParameters['sort'],
  params: Params,
): OrderedScan | undefined {
  if (!key || others.length > 0 || [...asked.keys()].some((name) => !isResultParameter(name)))
    return undefined
  const { code, descending } = key
  if (code === mainDateOf(type))
    return descending
      ? undefined
      : { ...fullScan, from: 'idx i where i.dt is not null', order: 'i.dt, i.rid' }
  if (searchParametersOf(type).get(code)?.kind !== 'string') return undefined
  const isSooner = descending ? '>' : '<'
  return {
    ...fullScan,
    // of several texts the first one counts
    from: `sp d join idx i on i.rid = d.rid
      where d.key = ${params.add(parameterKey(type, code), 'int')} and d.s is not null and not exists (
        select 1 from sp w where w.rid = d.rid and w.key = d.key
          and (w.s ${isSooner} d.s or (w.s = d.s and w.ctid < d.ctid)))`,
    order: `d.s ${descending ? 'desc' : 'asc'}, d.rid`,
  }
}
