import type { Scope } from '#domain/access/scope.ts'
import { relatedSql, summedScope } from '#server/store/access/summed-scope.ts'
import type { Params } from '#server/store/params.ts'

type Reader = Readonly<{ scope: Scope; now: Date }>

/** Longer words are kept by their beginning (migration 0055). */
const longest = 100
/** What is kept of a long name; a shorter one may have as many letters (migration 0055). */
const cut = 250
const beginning = (word: string) => [...word].slice(0, longest).join('')
/** After every word that begins so. */
const last = '\u{10ffff}'

export const beginsSql = (column: string, word: string, params: Params) =>
  `${column} like ${params.add(`% ${word.replace(/[\\%_]/g, '\\$&')}%`, 'text')}`

/** The longest word is the rarest, as a rule: it is looked up, and the others are compared. */
function looked(words: readonly string[], params: Params) {
  const [word = '', ...others] = words.toSorted((one, other) => other.length - one.length)
  const start = beginning(word)
  const from = params.add(start, 'text')
  const cutOff = [...word].length > longest ? [word] : []
  const until = params.add(start + last, 'text')
  return {
    range: (column: string) => `${column} >= ${from} and ${column} < ${until}`,
    until,
    from,
    // what is kept of a very long name may end before them
    rest: (column: string) =>
      others.length === 0
        ? 'true'
        : `(length(${column}) = ${cut} or ${others.map((each) => beginsSql(column, each, params)).join(' and ')})`,
    /** the same of \`person_word w\`, and certain: where what is kept was cut, the whole name is read */
    certainRest: () => certainlySql([...others, ...cutOff], params, cutOff.length > 0),
  }
}

/**
 * That somebody in \`person_word w\` has all of these words. What is kept of a very long name says too little, and a few who
 * only might have them would take the places of others in a list of the first.
 */
function certainlySql(words: readonly string[], params: Params, isCut = false): string {
  if (words.length === 0) return 'true'
  const all = (column: string) => words.map((word) => beginsSql(column, word, params)).join(' and ')
  const whole = `exists (select 1 from person_row c where c.person = w.person and ${all('c.search')})`
  return isCut ? whole : `(${all('w.search')} or (length(w.search) = ${cut} and ${whole}))`
}

/**
 * Everybody who can have all of these words among those of their name, as a condition on `person_row`: more than are
 * meant, never fewer. `joined` is one more word by which they may be found.
 */
export function maybeNamedSql(
  { scope, now }: Reader,
  words: readonly string[],
  params: Params,
): string {
  const sums = summedScope(scope)
  if (sums === undefined || words.length === 0) return 'true'
  const { range, rest } = looked(words, params)
  const within = sums === '*' ? 'true' : `w.scope = ${params.add(sums, 'text')}`
  const joined = params.add(beginning(words.join('')), 'text')
  return `p.person in (${[
    `select w.person from person_word w where ${within} and ${range('w.word')} and ${rest('w.search')}`,
    `select w.person from person_word w where ${within} and w.word = ${joined}`,
    ...relatedSql(scope, params, now),
  ].join(' union all ')})`
}

/** More different words are not gone through one by one. */
export const mostWords = 1_000

type Firsts = Readonly<{ scopes: readonly string[]; words: readonly string[]; most: number }>

/**
 * The first people, in order, of each different word that begins so: as many statements’ worth of an index as there are
 * different words, however many people have each. `many`: how many different words there are, at most `mostWords`.
 */
export function firstOfEachWordSql({ scopes, words, most }: Firsts, params: Params): string {
  const { range, from, until, certainRest } = looked(words, params)
  const nextWord = (scope: string, after: string) => `(
    select w.word from person_word w where w.scope = ${scope} and ${after} and w.word < ${until} order by w.word limit 1)`
  return `with recursive each (scope, word) as (
      select s.scope, ${nextWord('s.scope', `w.word >= ${from}`)}
      from unnest(${params.add([...scopes], 'text[]')}) s(scope)
      union all
      select e.scope, ${nextWord('e.scope', 'w.word > e.word')} from each e where e.word is not null
    ), words as materialized (select scope, word from each where word is not null limit ${mostWords}),
    firsts as (
      select f.person from words e cross join lateral (
        select w.person from person_word w where w.scope = e.scope and w.word = e.word and ${range('w.word')} and ${certainRest()}
        order by w.late, w.family, w.given, w.person limit ${most}) f)
    select n.many, f.person from (select count(*)::int as many from words) n left join firsts f on true`
}

/** The first people, in order, who have words that begin so: for beginnings that many have. */
export function firstOfAllSql({ scopes, words, most }: Firsts, params: Params): string {
  return `select f.person from unnest(${params.add([...scopes], 'text[]')}) s(scope) cross join lateral (
      select w.person from person_word w where w.scope = s.scope and w.word = '' and ${certainlySql(words, params)}
      order by w.late, w.family, w.given, w.person limit ${most}) f`
}

/** All organisations of which there are words, and none. */
export const wordScopesSql = `with recursive each (scope) as (
    (select scope from person_word order by scope limit 1)
    union all
    select (select w.scope from person_word w where w.scope > e.scope order by w.scope limit 1) from each e where e.scope is not null)
  select scope from each where scope is not null`
