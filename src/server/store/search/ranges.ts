import { dateRange } from '#server/store/indexing/date-range.ts'
import type { Params } from '#server/store/params.ts'
import { SearchError } from './search-error.ts'
import { type Prefix, splitUnescaped, unescapedSearchText, withPrefix } from './search-text.ts'

type Bounds = { from: string; to: string }

/** FHIR R4 §3.1.1.4.5: how the stored range [lo, hi) compares to the one searched for, [from, to). */
const spanSql: Record<Prefix, (lo: string, hi: string, at: Bounds) => string> = {
  eq: (lo, hi, { from, to }) => `(${lo} >= ${from} and ${hi} <= ${to})`,
  ne: (lo, hi, { from, to }) => `not (${lo} >= ${from} and ${hi} <= ${to})`,
  gt: (_lo, hi, { to }) => `${hi} > ${to}`,
  lt: (lo, _hi, { from }) => `${lo} < ${from}`,
  ge: (lo, hi, { from, to }) => `(${hi} > ${to} or (${lo} >= ${from} and ${hi} <= ${to}))`,
  le: (lo, hi, { from, to }) => `(${lo} < ${from} or (${lo} >= ${from} and ${hi} <= ${to}))`,
  sa: (lo, _hi, { to }) => `${lo} >= ${to}`,
  eb: (_lo, hi, { from }) => `${hi} <= ${from}`,
  ap: (lo, hi, { from, to }) => `(${lo} < ${to} and ${hi} > ${from})`,
}

/** What follows from most comparisons and an index can check: `hi` is after the begin of the range searched for. It is null if one range is not enough. */
export function notOverBeforeSql(text: string, hi: string, params: Params): string {
  const { prefix, rest } = withPrefix(text)
  const range = ['eq', 'ge', 'gt', 'sa'].includes(prefix) ? rangeIn(rest) : undefined
  return range ? `(${hi} is null or ${hi} > ${params.add(range.from, 'float8')}) and ` : ''
}

/** A plus sign in an address that was not escaped arrives as a space. */
const rangeIn = (text: string) => dateRange(text.replace(/ (?=\d{2}:\d{2}$)/, '+'))

/** `lo` and `hi` are SQL expressions in milliseconds since 1970. Approximately: a tenth of the distance from now. */
export function dateRangeSql(
  name: string,
  text: string,
  span: { lo: string; hi: string },
  params: Params,
  now: Date,
): string {
  const { prefix, rest } = withPrefix(text)
  const range = rangeIn(rest)
  if (!range) throw new SearchError(`"${text}" is not a date for the parameter ${name}`)
  const slack = prefix === 'ap' ? Math.abs(now.getTime() - range.from) * 0.1 : 0
  return spanSql[prefix](span.lo, span.hi, bounds(range.from - slack, range.to + slack, params))
}

/** Each becomes a parameter only if the comparison reads it: a statement must use all of its parameters. */
function bounds(from: number, to: number, params: Params): Bounds {
  return {
    get from() {
      return params.add(from, 'float8')
    },
    get to() {
      return params.add(to, 'float8')
    },
  }
}

const decimal = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/

/** Half of the last digit that is written: 5.40 means 5.395 to 5.405, 100 means 99.5 to 100.5. */
function halfStep(text: string): number {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e')
  const decimals = mantissa.split('.')[1]?.length ?? 0
  return 0.5 * 10 ** (Number(exponent) - decimals)
}

export function numberRangeSql(name: string, text: string, params: Params): string {
  const { prefix, rest } = withPrefix(text)
  if (!decimal.test(rest))
    throw new SearchError(`"${text}" is not a number for the parameter ${name}`)
  const value = Number(rest)
  const slack = prefix === 'ap' ? Math.abs(value) * 0.1 : halfStep(rest)
  const at = bounds(value - slack, value + slack, params)
  // beyond the digits that are compared the number itself counts
  const below = value + slack === value ? '<=' : '<'
  if (prefix === 'eq') return `(v.lo >= ${at.from} and v.hi ${below} ${at.to})`
  if (prefix === 'ne') return `not (v.lo >= ${at.from} and v.hi ${below} ${at.to})`
  if (prefix === 'ap') return `(v.lo <= ${at.to} and v.hi >= ${at.from})`
  return `${numberComparisons[prefix]} ${params.add(value, 'float8')}`
}

const numberComparisons = {
  gt: 'v.hi >',
  lt: 'v.lo <',
  ge: 'v.hi >=',
  le: 'v.lo <=',
  sa: 'v.lo >',
  eb: 'v.hi <',
} as const

/** `[prefix]number|system|code`, `number||unit` or a number alone. Units are compared as written, not converted. */
export function quantityRangeSql(name: string, text: string, params: Params): string {
  const [amount = '', system = '', code = ''] = splitUnescaped(text, '|').map(unescapedSearchText)
  const conditions = [numberRangeSql(name, amount, params)]
  if (code !== '') conditions.push(`v.s = ${params.add(code, 'text')}`)
  if (system !== '') conditions.push(`v.x = ${params.add(system, 'text')}`)
  return `(${conditions.join(' and ')})`
}
