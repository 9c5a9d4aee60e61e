import type { Sql } from './sql.ts'
import type { Change } from './store.ts'
import { endOfStanding } from './summary/end-of-standing.ts'

/** Lines by the person that each is about. */
export type Lines<Line> = ReadonlyMap<string, Line>

/**
 * The lines of a caseload under a key that says who is asking. `workOut` gives those of everybody, or only of these
 * people: whoever is no longer on the list is missing in its answer.
 */
export type CaseloadLines = <Line>(
  key: string,
  at: Date,
  workOut: (only?: readonly string[]) => Promise<Lines<Line>>,
) => Promise<Lines<Line>>

type Sources = Readonly<{
  /** what this process and others have changed, and when that may have been missed */
  news: Readonly<{
    onChange(listener: (changes: readonly Change[]) => void): unknown
    onLost(listener: () => void): unknown
    onCounted(listener: () => void): unknown
  }>
  sql: Sql
  now: () => Date
}>

type Standing = Readonly<{
  until: Promise<number>
  lines: Promise<Lines<unknown>>
  /** whose records changed since the lines were begun */
  changed: Set<string>
}>

/** What is due changes with the time of day, and something may change that nobody announces. */
const longestMs = 60_000
/** So many lists; from so many changed people on, everybody is worked out again. */
const [mostLists, mostChanged] = [60, 200]

/**
 * What is to be done about everybody is worked out once, and again only for the people whose records changed, here or in
 * another process as soon as that is announced: a search that is typed letter by letter costs no more than its page. A
 * change about nobody in particular (an absence, a role, an organisation) counts for everybody.
 */
export function caseloadLines({ news, sql, now }: Sources): CaseloadLines {
  const standing = new Map<string, Standing>()
  news.onChange((changes) => {
    const people = new Set(changes.map(({ person = '*' }) => person))
    if (people.has('*')) return standing.clear()
    for (const { changed } of standing.values()) for (const person of people) changed.add(person)
  })
  news.onLost(() => standing.clear())
  news.onCounted(() => standing.clear())
  const keep = (key: string, entry: Standing) => {
    standing.delete(key)
    standing.set(key, entry)
    const [oldest] = standing.keys()
    if (standing.size > mostLists && oldest !== undefined) standing.delete(oldest)
    Promise.all([entry.until, entry.lines]).catch(() => {
      if (standing.get(key) === entry) standing.delete(key)
    })
  }
  /** Somebody else may begin while the end is looked up. */
  const standingAt = async (key: string) => {
    const found = standing.get(key)
    if (!found || (await found.until) <= now().getTime()) return undefined
    return standing.get(key) === found ? found : undefined
  }
  return async <Line>(
    key: string,
    at: Date,
    workOut: (only?: readonly string[]) => Promise<Lines<Line>>,
  ) => {
    const kept = await standingAt(key)
    if (kept?.changed.size === 0) return (await kept.lines) as Lines<Line>
    const isFew = kept !== undefined && kept.changed.size <= mostChanged
    const entry: Standing = {
      until: isFew ? kept.until : endOfStanding(sql, at, longestMs),
      lines: isFew ? withChanged(kept, workOut) : workOut(),
      changed: new Set(),
    }
    keep(key, entry)
    return (await entry.lines) as Lines<Line>
  }
}

async function withChanged(
  { lines, changed }: Standing,
  workOut: (only: readonly string[]) => Promise<Lines<unknown>>,
): Promise<Lines<unknown>> {
  const whose = new Set(changed)
  const now = await workOut([...whose])
  const others = [...(await lines)].filter(([person]) => !whose.has(person))
  return new Map([...others, ...now])
}
