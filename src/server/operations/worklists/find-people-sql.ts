import { latestBirthAt } from '#domain/calendar/age.ts'
import type { Known } from '#domain/case/find-people.ts'
import { instrumentNamed, outsideOrder } from '#domain/outside-score/outside-instrument.ts'
import { scoreDirectionId, scoreDirectionUrl } from '#domain/outside-score/score-direction-fhir.ts'
import type { NeedFlag } from '#domain/stratification/need-flags.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { personRowScopeSql } from '#server/store/access/scope-sql.ts'
import type { Params } from '#server/store/params.ts'
import { beginsSql, maybeNamedSql } from '#server/store/search/people-by-words.ts'
import type { FindPeople, PlacingOrder } from './find-people-request.ts'

export const openCase = `coalesce(p.case_status, '') in ('active', 'onhold')`
/** Somebody asked to look at them again, and the day has come. */
export const isDue = `(p.look_again is not null and coalesce(p.case_status, '') = 'planned')`
export const isNotNow = `coalesce(p.case_status, '') = 'cancelled'`

/**
 * On no list of a practice any more, by that day: nobody looks for them here. Whoever has an open case stays until it is
 * closed; whoever was never on a list is not meant. `day`: the text of a day, as a parameter.
 */
export const goneSql = (day: string) =>
  `(p.left_on is not null and p.left_on <= ${day} and not ${openCase})`
const knownSql: Readonly<Record<Known, string>> = {
  'no-coordinator': `(not ${openCase} and not ${isNotNow})`,
  'on-caseload': openCase,
  'not-now': isNotNow,
  all: 'true',
}

/** People whom the caller may be shown at all. */
type Within = Pick<OperationCall, 'scope' | 'now' | 'today'>

export const shownSql = (call: Within, params: Params) =>
  `${reachedSql(call, params)} and not ${saidNoSql}`

/** … of those whose names can have the words that are asked for. */
export const shownNamedSql = (call: Within, { words }: FindPeople, params: Params) =>
  words.length === 0
    ? shownSql(call, params)
    : `${maybeNamedSql(call, words, params)} and ${shownSql(call, params)}`

export const reachedSql = ({ scope, now }: Within, params: Params) =>
  `${personRowScopeSql(scope, 'p', params, now)} and p.replaced_by is null`

/** They said no to being looked for: in no answer here, whatever is asked. Their record is opened by a search for their name. */
export const saidNoSql = `(p.opted_out <> '{}' and 'finding' = any(p.opted_out))`

/** The text and age conditions, which every count shares; the others are left out one at a time. */
export function baseSql({ today }: Within, request: FindPeople, params: Params): string {
  const { words, ageFrom, ageTo } = request
  const born = (than: '<=' | '>', age: number) =>
    `p.birth_date collate "C" ${than} ${params.add(latestBirthAt(age, today), 'text')}`
  return [
    `not p.deceased and p.in_use and not ${goneSql(params.add(today, 'text'))}`,
    ...words.map((word) => beginsSql('p.search', word, params)),
    ...(ageFrom === undefined ? [] : [born('<=', ageFrom)]),
    ...(ageTo === undefined ? [] : [born('>', ageTo + 1)]),
  ].join(' and ')
}

/**
 * Searched for by name: each word is a whole word of the name or number, and together they are a full name: two words
 * or more, a whole family name ("o neill" is O’Neill), or an NHS number. Filters are for browsing; a named person is
 * found. A given name alone matches many: it finds them all, unless a filter is set.
 */
export function namedSql(request: FindPeople, params: Params): string {
  const { words } = request
  const [first] = words
  if (!first) return 'false'
  const has = (column: string, word: string) =>
    `(p.${column} || ' ') like ${params.add(`% ${word.replace(/[\\%_]/g, '\\$&')} %`, 'text')}`
  const isFull = words.length > 1 || /^\d{10}$/.test(first) || !isFiltered(request)
  const all = isFull ? [`(${words.map((word) => has('search', word)).join(' and ')})`] : []
  return [...all, has('families', words.join(''))].join(' or ')
}

const isFiltered = ({ known, unscored, ...request }: FindPeople): boolean =>
  (['band', 'condition', 'ageFrom', 'ageTo', 'segment', 'changeable', 'flag', 'rule'] as const)
    .map((name) => request[name])
    .some((each) => each !== undefined) ||
  known !== 'no-coordinator' ||
  unscored

const flagSqls: Readonly<Record<NeedFlag, string>> = {
  'coordination-risk': `'many-services' = any(p.changeable)`,
  'persistent-high-use': 'p.persistent',
}
const flagSql = (flag: string) => flagSqls[flag as NeedFlag]

/** Whom each flag is for, as rows of a table expression beside `p`. */
export const flagValuesSql = `(values ${Object.entries(flagSqls)
  .map(([flag, sql]) => `('${flag}', ${sql})`)
  .join(', ')})`

/** The filters; each facet is counted under all of them but its own. */
export const filterKinds = [
  'scored',
  'band',
  'condition',
  'known',
  'segment',
  'changeable',
  'flag',
  'rule',
] as const
type FilterKind = (typeof filterKinds)[number]

export function narrowed(
  request: FindPeople,
  params: Params,
): Readonly<Record<FilterKind, string>> {
  const { band, condition, segment, changeable, flag, rule, unscored } = request
  const when = (value: string | undefined, sql: (param: string) => string) =>
    value ? sql(params.add(value, 'text')) : 'true'
  // who is due is shown first, whatever the order can place
  const hasScore = `(${placedSql(request.order)} or ${isDue})`
  return {
    scored: unscored ? `not (${hasScore})` : hasScore,
    band: when(band, (value) => `p.band = ${value}`),
    condition: when(condition, (value) => `${value} = any(p.conditions)`),
    known: knownSql[request.known],
    segment: when(segment, (value) => `p.segment = ${value}`),
    changeable: when(changeable, (value) => `${value} = any(p.changeable)`),
    flag: flag ? flagSql(flag) : 'true',
    rule: when(rule, (value) => `${value} = any(p.rules)`),
  }
}

type OwnOrder = Exclude<PlacingOrder, `outside:${string}`>

const scoredSql: Readonly<Record<OwnOrder, string>> = {
  frailty: 'p.coded',
  chance: 'p.chance is not null',
  changeable: 'p.chance is not null',
  line: 'p.chance is not null',
  cost: 'p.cost is not null',
}

/** Currencies stand one after the other, and are never compared. */
const ownOrderSql: Readonly<Record<OwnOrder, string>> = {
  frailty: 'p.rank desc, p.person',
  chance: 'p.chance desc, p.rank desc, p.person',
  changeable: 'cardinality(p.changeable) desc, p.chance desc, p.rank desc, p.person',
  line: 'least(p.chance / 10, 9) desc, least(cardinality(p.changeable), 3) desc, p.chance desc, p.rank desc, p.person',
  cost: 'p.cost_currency, p.cost desc, p.rank desc, p.person',
}

/** The code of a score from elsewhere, of letters, digits and hyphens alone: it stands in the statement. */
const outsideCode = (order: PlacingOrder) => outsideOrder.exec(order)?.[1]

/** Whom an order can place: nobody without a score is ranked last. */
export function placedSql(order: PlacingOrder): string {
  const code = outsideCode(order)
  return code
    ? `(p.outside is not null and jsonb_exists(p.outside, '${code}'))`
    : scoredSql[order as OwnOrder]
}

/** What an administrator said of a score that is not known: looked up once for the whole list. */
const statedSql = (code: string) =>
  `(select case when exists (select 1 from resource s where s.rt = 'Library' and s.id = '${scoreDirectionId(code)}'
     and s.content @> '{"extension": [{"url": "${scoreDirectionUrl}", "valueCode": "low"}]}') then -1 else 1 end)`

export function orderSql(order: PlacingOrder): string {
  const code = outsideCode(order)
  if (!code) return ownOrderSql[order as OwnOrder]
  const known = instrumentNamed(code)
  const value = `(p.outside ->> '${code}')::numeric`
  const toward = known ? (known.direction === 'low' ? '-1' : '1') : statedSql(code)
  return `${value} * ${toward} desc, p.rank desc, p.person`
}

export const allFilters = (kinds: readonly FilterKind[]) =>
  kinds.map((kind) => `in_${kind}`).join(' and ')

/** Without the named filters. */
export const allBut = (...without: readonly FilterKind[]) =>
  allFilters(filterKinds.filter((kind) => !without.includes(kind)))

/**
 * Who is not due and is shown by the order, said so that the index of the order is found; whoever is searched for by name, or
 * has no place in it, is not.
 */
export function inOrderSql(request: FindPeople): string {
  const isPlaced = request.words.length === 0 && !request.unscored
  return isPlaced ? `not ${isDue} and ${placedSql(request.order)}` : `not ${isDue}`
}

/** The people of a list: those who match all filters, and whoever is searched for by a full name. */
export function listedSql(call: Within, request: FindPeople, params: Params): string {
  const shown = shownNamedSql(call, request, params)
  const where = baseSql(call, request, params)
  const filters = Object.values(narrowed(request, params)).join(' and ')
  return `${shown} and ((${where} and ${filters}) or (${namedSql(request, params)}))`
}
