import { nhsNumberSystem } from '#domain/fhir/codes.ts'
import { referenceTarget } from '#domain/fhir/reference-target.ts'
import { folded } from '#domain/person/folded.ts'
import { type SearchParameter, searchParametersOf } from '#server/fhir/search-parameters.ts'
import { isAboutPeople } from '#server/store/access/record-owner.ts'
import { hash53, parameterKey, presenceHash, tokenHash } from '#server/store/token-hash.ts'
import { codingValuesOf, dateValuesOf, quantityValuesOf, stringValuesOf } from './indexed-values.ts'
import { isOwnToken } from './shape.ts'
import { sharesRows } from './shared-rows.ts'
import { isJson, valuesAt } from './values-at.ts'

/** The index rows of one record. Short names, because thousands of them are sent as JSON at a time. */
export type IndexEntries = {
  /** tokens of its own: identifiers, references, addresses */
  tok: Set<number>
  /** tokens that it shares with many: see `shapeNumber` */
  common: Set<number>
  /** its main date, and until when: the end is absent if it has several */
  dt?: number
  until?: number | string
  /** its code, if it has one: see `codeNumber` */
  code?: number
  /** the parameter by which it refers to its own person: see `withoutOwnLink` */
  own?: number
  sp: {
    k: number
    s?: string
    x?: string
    lo?: number | string
    hi?: number | string
    h?: number
  }[]
  ref: { k: number; t: string; i: string }[]
}

/** The date by which records of a type are usually read: the first of these that the type has. */
const mainDates = [
  'date',
  'period',
  'onset-date',
  'authoredon',
  'authored-on',
  'authored',
  'start-date',
  'sent',
  'recorded',
  'created',
  'whenhandedover',
  'effective-time',
  'issued',
  'birthdate',
]

export function mainDateOf(type: string): string | undefined {
  const known = searchParametersOf(type)
  return mainDates.find((code) => known.get(code)?.kind === 'date')
}

type Compiled = Readonly<{
  parameter: SearchParameter
  paths: readonly string[]
  isAny: boolean
  isMainDate: boolean
}>

const compiled = new Map<string, readonly Compiled[]>()

/** What is looked for in each record of a type, worked out once. */
function compiledOf(type: string): readonly Compiled[] {
  const known = compiled.get(type)
  if (known) return known
  const mainDate = mainDateOf(type)
  const found = [...searchParametersOf(type).values()].map((parameter) => ({
    parameter,
    paths: parameter.paths.map(barePath),
    isAny: isAnyOf(parameter),
    isMainDate: parameter.code === mainDate,
  }))
  compiled.set(type, found)
  return found
}

function valuesOf(resource: unknown, paths: readonly string[]): readonly unknown[] {
  const [only, ...others] = paths
  return only !== undefined && others.length === 0
    ? valuesAt(resource, only)
    : paths.flatMap((path) => [...valuesAt(resource, path)])
}

export function indexEntries(resource: { resourceType: string }): IndexEntries {
  const type = resource.resourceType
  const entries: IndexEntries = { tok: new Set(), common: new Set(), sp: [], ref: [] }
  let dated: IndexEntries['sp'] = []
  for (const { parameter, paths, isAny, isMainDate } of compiledOf(type)) {
    const values = valuesOf(resource, paths)
    const before = entries.sp.length
    if (isAny) addToken(entries, parameter.code, '', String(values.some((each) => each !== false)))
    else if (values.length > 0) addValues(entries, type, parameter, values)
    if (isMainDate) dated = entries.sp.slice(before)
  }
  const [{ lo } = {}] = dated
  if (typeof lo === 'number') entries.dt = lo
  addCodes(entries, resource, dated)
  keepBeside(entries, dated)
  return entries
}

/** One main date stands with the record, and needs no row. */
function keepBeside(entries: IndexEntries, dated: IndexEntries['sp']): void {
  const [only, ...others] = dated
  if (entries.dt === undefined || only?.hi === undefined || others.length > 0) return
  entries.until = only.hi
  entries.sp = entries.sp.filter((each) => each !== only)
}

/** The type as a number: the key of its main date, whose values are found by it. */
export const typeKey = (type: string): number => parameterKey(type, mainDateOf(type) ?? '')

/** True if records of this type are found by their code with the date beside it. */
export function isFoundByCode(type: string): boolean {
  return isAboutPeople(type) && searchParametersOf(type).get('code')?.kind === 'token'
}

/** A code of records of a type, with its system. */
export const codeNumber = (type: string, system: string, text: string): number =>
  hash53(`${type}\u0005${system}\u0005${text}`)

/** One stands with the record, several in rows. `hi` is infinite if one range is not enough. */
function addCodes(
  entries: IndexEntries,
  resource: { resourceType: string },
  dated: IndexEntries['sp'],
): void {
  const type = resource.resourceType
  if (!isFoundByCode(type)) return
  const paths = searchParametersOf(type).get('code')?.paths ?? []
  const codes = paths.flatMap((path) => valuesAt(resource, path).flatMap(codingValuesOf))
  // two that compare as equal would find the record twice
  const numbers = new Set(
    codes.map(({ system, value }) => codeNumber(type, system, codeText(system, value))),
  )
  const [only, ...others] = numbers
  if (only !== undefined && others.length === 0) entries.code = only
  else
    for (const h of numbers)
      entries.sp.push({ k: parameterKey(type, 'code'), h, ...codeSpan(entries, dated) })
}

function codeSpan({ dt }: IndexEntries, dated: IndexEntries['sp']) {
  const hi = dated.length === 1 && dt !== undefined ? dated[0]?.hi : undefined
  return { ...(dt === undefined ? {} : { lo: dt }), hi: hi ?? 'infinity' }
}

/** How a code is compared, truncated to the size of an index page. */
export const codeText = (system: string, value: string) => tokenText(system, value).slice(0, 200)

/** `deceasedBoolean[any]`: the parameter is true if one of its paths holds anything but false. */
function isAnyOf(parameter: SearchParameter): boolean {
  return parameter.paths[0]?.endsWith('[any]') ?? false
}

function barePath(path: string): string {
  return path.endsWith('[any]') ? path.slice(0, -5) : path
}

function addValues(
  entries: IndexEntries,
  type: string,
  parameter: SearchParameter,
  values: readonly unknown[],
): void {
  const { code } = parameter
  const k = parameterKey(type, code)
  const isShared = sharesRows(type, code)
  entries.common.add(presenceHash(code))
  const add: Record<SearchParameter['kind'], (value: unknown) => void> = {
    string: (value) => addStrings(entries, k, value),
    token: (value) => addTokens(entries, code, value),
    date: (value) => {
      for (const { from, to } of dateValuesOf(value))
        entries.sp.push({ k, lo: number(from), hi: number(to) })
    },
    number: (value) => {
      if (typeof value === 'number') entries.sp.push({ k, lo: value, hi: value })
    },
    quantity: (value) => {
      if (isShared) return
      for (const each of quantityValuesOf(value)) entries.sp.push({ k, ...each })
    },
    reference: (value) => addReference(entries, { k, code, isShared }, value),
    uri: (value) => addUri(entries, k, code, value),
    special: () => {},
  }
  for (const value of values) add[parameter.kind](value)
}

/** JSON has no infinity; PostgreSQL reads it as a word. */
function number(value: number): number | string {
  if (value === Infinity) return 'infinity'
  return value === -Infinity ? '-infinity' : value
}

function addStrings(entries: IndexEntries, k: number, value: unknown): void {
  for (const text of stringValuesOf(value)) entries.sp.push({ k, s: plainText(text), x: text })
}

/** How strings are compared: folded as names are, without doubled blanks; truncated to the size of an index page. */
export function plainText(text: string): string {
  return folded(text)
    .replace(/\p{Pd}/gu, '-')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200)
}

function addTokens(entries: IndexEntries, code: string, value: unknown): void {
  for (const { system, value: coded } of codingValuesOf(value))
    addToken(entries, code, system, coded)
}

/** How a token is compared: without case, and an NHS number as its ten digits however it was written. */
export function tokenText(system: string, value: string): string {
  return system === nhsNumberSystem ? value.replace(/[\s-]/g, '') : value.toLowerCase()
}

function addToken(entries: IndexEntries, code: string, system: string, value: string): void {
  const plain = tokenText(system, value)
  const tokens = isOwnToken(code) ? entries.tok : entries.common
  entries.common.add(presenceHash(code))
  tokens.add(tokenHash(code, undefined, plain))
  tokens.add(tokenHash(code, system, plain))
  if (system !== '') tokens.add(tokenHash(code, system, undefined))
}

function addReference(
  entries: IndexEntries,
  { k, code, isShared }: Readonly<{ k: number; code: string; isShared: boolean }>,
  value: unknown,
): void {
  const text = typeof value === 'string' ? value : referenceText(value)
  if (text !== undefined) {
    const target = referenceTarget(text)
    entries.tok.add(tokenHash(code, undefined, target ? `${target.type}/${target.id}` : text))
    if (target && !isShared) entries.ref.push({ k, t: target.type, i: target.id })
  }
  addIdentified(entries, code, value)
}

function addIdentified(entries: IndexEntries, code: string, value: unknown): void {
  if (!isJson(value) || !isJson(value['identifier'])) return
  for (const each of codingValuesOf(value['identifier']))
    addToken(entries, `${code}:identifier`, each.system, each.value)
}

function referenceText(value: unknown): string | undefined {
  const text = isJson(value) ? value['reference'] : undefined
  return typeof text === 'string' ? text : undefined
}

function addUri(entries: IndexEntries, k: number, code: string, value: unknown): void {
  if (typeof value !== 'string') return
  entries.tok.add(tokenHash(code, undefined, value))
  entries.sp.push({ k, s: value.slice(0, 500), x: value })
}
