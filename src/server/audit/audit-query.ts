import type { Parameters, ParametersParameter, Resource } from '@medplum/fhirtypes'
import { bytesToHex } from '@noble/hashes/utils.js'
import {
  isResourceType,
  resourceTypes,
  searchParametersOf,
} from '#server/fhir/search-parameters.ts'
import { sha256Hex } from '#server/sha256.ts'
import { secretFor } from '#server/store/encrypted-token.ts'
import { isResultParameter } from '#server/store/search/result-parameters.ts'
import type { Sql } from '#server/store/sql.ts'

/** One query of a request: an address, a form, the condition of a write, or the parameters of an operation. */
export type AuditQuery = Readonly<{ path: string; terms: readonly Term[] }>
type Term = Readonly<{ name: string; value: string; isPlain?: boolean }>

/** A query from an address below `/fhir`, or from a condition such as `Patient?identifier=…`. */
export function auditQueryIn(address: string): AuditQuery {
  const [path = '', ...rest] = address.replace(/^\//, '').split('?')
  const query = [...new URLSearchParams(rest.join('?'))]
  return { path, terms: query.map(([name, value]) => ({ name, value })) }
}

/** The input of an operation in its body; undefined if that is a record and not a query. */
export function auditQueryOf(path: string, body: Resource | undefined): AuditQuery | undefined {
  if (body?.resourceType !== 'Parameters') return undefined
  const given: unknown = (body as Parameters).parameter
  return { path, terms: Array.isArray(given) ? given.flatMap(termOf) : [] }
}

function termOf(parameter: ParametersParameter | null): readonly Term[] {
  if (typeof parameter !== 'object' || parameter === null) return []
  const found = Object.entries(parameter).find(([name]) => name.startsWith('value'))
  const [kind = '', value = ''] = found ?? []
  const isPlain = ['valueInteger', 'valueBoolean', 'valueCode'].includes(kind)
  return [{ name: String(parameter.name), value: String(value), isPlain }]
}

/** Queries as the audit log keeps them, and one value as it is stored when it is hashed. */
export type AuditQueryText = Readonly<{
  /** settles when no further statement is needed: none may run at the same time as a transaction */
  ready: () => Promise<void>
  of: (questions: readonly AuditQuery[]) => Promise<string>
  hashed: (value: string) => Promise<string>
}>

const mostTerms = 40
const mostAlternatives = 20
const longest = 4_000

/**
 * The audit log keeps what was searched for, in the terms of the search. Values that may identify somebody (a name, a
 * number, a birth date, an address, free text) are kept as a hash under a key of this service: nobody can read them in
 * the audit log, but somebody who knows the name or number can ask whether it was searched for.
 */
export function auditQueryText(sql: Sql): AuditQueryText {
  let key: Promise<string> | undefined
  const secret = () => {
    key ??= secretFor(sql, 'trail-asked').then((bytes) => bytesToHex(bytes))
    key.catch(() => {
      key = undefined
    })
    return key
  }
  return {
    ready: async () => void (await secret()),
    async of(questions) {
      const hash = hashUnder(await secret())
      const said = [...new Set(questions.map((each) => wordsOf(each, hash)))].join(' ')
      return said.length <= longest ? said : `${said.slice(0, longest)}…${hash(said)}`
    },
    hashed: async (value) => hashUnder(await secret())(value),
  }
}

type Hash = (value: string) => string

/** A number is the same however it is grouped, and in upper or lower case. */
const hashUnder =
  (key: string): Hash =>
  (value) =>
    `#${sha256Hex(`${key} ${value.toLowerCase().replace(/[\s-]/g, '')}`).slice(0, 24)}`

function wordsOf({ path, terms }: AuditQuery, hash: Hash): string {
  const type = path.split('/')[0] ?? ''
  const shown = terms
    .slice(0, mostTerms)
    .map((term) => `${nameOf(term.name)}=${termWords(type, term, hash)}`)
  const more = terms.length > mostTerms ? [`+${terms.length - mostTerms}`] : []
  const query = [...shown, ...more].join('&')
  return `${pathOf(path, hash)}${query ? `?${query}` : ''}`
}

/** Names of types and operations are ours; an id may be anything that somebody typed. */
function pathOf(path: string, hash: Hash): string {
  const parts = path.split('/').filter((part) => part !== '')
  return parts
    .slice(0, 6)
    .map((part, at) => (isOurs(part, at) ? part : idOf(part, hash)))
    .join('/')
}

const isOurs = (part: string, at: number) =>
  at === 0
    ? isResourceType(part) || /^[$_][a-z-]{1,40}$/.test(part)
    : /^([$_][a-z-]{1,40}|\d{1,6})$/.test(part)

/** An id of ours has letters and digits, and cannot be somebody's number. */
function idOf(id: string, hash: Hash): string {
  const isOpaque = /^[A-Za-z0-9.-]{1,64}$/.test(id) && /[A-Za-z]/.test(id) && /\d/.test(id)
  return isOpaque && !/\d{9}/.test(id.replaceAll('-', '')) ? id : hash(id)
}

/** The name of a parameter is a FHIR term; anything else that somebody wrote there is left out. */
const nameOf = (name: string) => (/^[A-Za-z_][\w:.-]{0,80}$/.test(name) ? name : '?')

function termWords(type: string, { name, value, isPlain }: Term, hash: Hash): string {
  if (isPlain) return plain(value, hash)
  if (isResultParameter(name)) return /_cursor|_page/.test(name) ? '…' : plain(value, hash)
  const each = value.split(/(?<!\\),/)
  const values = each.slice(0, mostAlternatives).map((one) => oneValue(type, name, one, hash))
  return [
    ...values,
    ...(each.length > mostAlternatives ? [`+${each.length - mostAlternatives}`] : []),
  ].join(',')
}

const plain = (value: string, hash: Hash) =>
  /^[\w:.,*+-]{0,100}$/.test(value) && !/\d{9}/.test(value) ? value : hash(value)

function oneValue(type: string, name: string, value: string, hash: Hash): string {
  const way = wayOf(type, name)
  if (way === 'reference') {
    const [, kind = '', id = value] = /^([A-Z][A-Za-z]+)\/(.*)$/.exec(value) ?? []
    return kind === '' || isResourceType(kind)
      ? `${kind && `${kind}/`}${idOf(id, hash)}`
      : hash(value)
  }
  if (way === 'coded' && /^[\w:/.+|-]{0,200}$/.test(value) && !isNumberOfSomebody(value))
    return value
  // the system of an identifier is not secret, and the number is the same in every form of the query
  const [, system = '', words = value] = /^([^|]*\|)(.*)$/s.exec(value) ?? []
  return `${/^[\w:/.-]{0,120}\|$/.test(system) ? system : ''}${hash(words)}`
}

/** Ten digits of which the last is the check digit of the nine before: an NHS number, wherever it was typed. */
function isNumberOfSomebody(value: string): boolean {
  return [...value.replace(/[\s-]/g, '').matchAll(/\d{10}/g)].some(([number]) => {
    const sum = [...number.slice(0, 9)].reduce(
      (all, figure, at) => all + Number(figure) * (10 - at),
      0,
    )
    return (11 - (sum % 11)) % 11 === Number(number[9])
  })
}

type Way = 'reference' | 'coded' | 'hidden'

/** Parameters that find people, in any type of record. */
const naming =
  /^(identifier|name|family|given|phonetic|phone|email|telecom|address.*|birthdate|death-date|_text|_content|_filter|title|description|.*identifier)$/

const coded: readonly (string | undefined)[] = ['token', 'date', 'number', 'quantity', 'uri']

function wayOf(type: string, name: string): Way {
  const { code, modifier, isChained } = lastOf(name)
  const isUsual = !modifier || /^(missing|not|above|below|[A-Z][A-Za-z]+)$/.test(modifier)
  if (!isUsual || naming.test(code)) return 'hidden'
  if (code === '_id') return 'reference'
  if (code === '_lastUpdated') return 'coded'
  const kind = kindOf(isChained ? undefined : type, code)
  if (kind === 'reference') return 'reference'
  return coded.includes(kind) ? 'coded' : 'hidden'
}

/** The parameter at the end of a chain: `subject:Patient.name`, `_has:Goal:patient:description`. */
function lastOf(name: string) {
  const isReverse = name.startsWith('_has:')
  const [first = '', second] = (name.split('.').at(-1) ?? '').split(':')
  if (!isReverse) return { code: first, modifier: second, isChained: name.includes('.') }
  return { code: name.split(/[:.]/).at(-1) ?? '', modifier: undefined, isChained: true }
}

const kinds = new Map<string, string | undefined>()

/** The kind of a parameter; in a chain, in whichever type defines it. */
function kindOf(type: string | undefined, code: string): string | undefined {
  const at = `${type ?? '*'} ${code}`
  if (!kinds.has(at) && kinds.size < 2_000) {
    const types = type && isResourceType(type) ? [type] : resourceTypes
    const found = types.flatMap((each) => searchParametersOf(each).get(code)?.kind ?? [])
    kinds.set(at, found.every((each) => each !== 'string') ? found[0] : 'string')
  }
  return kinds.get(at)
}
