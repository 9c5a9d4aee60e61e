import { hash53 } from '#server/store/token-hash.ts'

/** Parameters of identifiers and numbers to call: hardly any two records have the same. */
const ownWords = new Set([
  ...['identifier', 'group-identifier', 'related-id', 'response-id', 'request', 'accession'],
  ...['container-id', 'container-identifier', 'lot-number', 'referenceseqid'],
  ...['series', 'instance', 'altid'],
  ...['telecom', 'phone', 'email'],
])

/** True for a parameter whose tokens stand with the record itself, and not in its shape. */
export const isOwnToken = (code: string): boolean =>
  ownWords.has(code) || code.endsWith(':identifier')

/**
 * The number of a shape: all tokens that a record shares with many others (which parameters it has, its code, status,
 * category). They stand once, in the table `shape`, and records name them. The same tokens have the same number, so that
 * no two writers need to agree on one.
 */
export function shapeNumber(tokens: ReadonlySet<number>): number {
  const known = numbers.get(tokens)
  if (known !== undefined) return known
  const made = hash53([...tokens].sort((a, b) => a - b).join(' '))
  numbers.set(tokens, made)
  return made
}

/** Asked twice for each record, and for sets that nobody adds to any more. */
const numbers = new WeakMap<ReadonlySet<number>, number>()

/** Rows of idx, called `at`, whose shape has one of these tokens; `tokens`: SQL. */
export const shapeSql = (at: string, tokens: string): string =>
  `${at}.shape in (select s.id from shape s where s.tok && ${tokens})`
