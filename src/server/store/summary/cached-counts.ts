import { opensRecords } from '#server/store/access/care-relationships.ts'
import type { Sql } from '#server/store/sql.ts'
import type { Change } from '#server/store/store.ts'
import { movesPersonRows } from './derive.ts'
import { endOfStanding } from './end-of-standing.ts'

/** Counts under a key that says who is asking and for what, worked out again only when they may have changed. */
export type CachedCounts = <Counts>(
  key: string,
  /** the moment that is counted for */
  at: Date,
  count: () => Promise<Counts>,
) => Promise<Counts>

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

type Standing = Readonly<{ until: Promise<number>; counts: Promise<unknown> }>

/** Against changes that nobody announces, such as a restore while a server runs. */
const longestMs = 60_000
const most = 500

/**
 * Users who page through a long list, or come back to it, need the same counts again. They are cached until a record
 * changes that could alter them, here or in another process as soon as that is announced, or until the next relation
 * ends. Counts during which a change arrives are not cached.
 */
export function cachedCounts({ news, sql, now }: Sources): CachedCounts {
  const standing = new Map<string, Standing>()
  news.onChange((changes) => {
    if (changes.some(({ type }) => movesPersonRows(type) || opensRecords(type))) standing.clear()
  })
  news.onLost(() => standing.clear())
  news.onCounted(() => standing.clear())
  const keep = (key: string, entry: Standing) => {
    standing.delete(key)
    standing.set(key, entry)
    const [oldest] = standing.keys()
    if (standing.size > most && oldest !== undefined) standing.delete(oldest)
    Promise.all([entry.until, entry.counts]).catch(() => {
      if (standing.get(key) === entry) standing.delete(key)
    })
  }
  return async <Counts>(key: string, at: Date, count: () => Promise<Counts>) => {
    const cached = standing.get(key)
    if (cached && (await cached.until) > now().getTime()) return (await cached.counts) as Counts
    const counts = count()
    keep(key, { until: endOfStanding(sql, at, longestMs), counts })
    return await counts
  }
}
