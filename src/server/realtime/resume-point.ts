import type { Sql } from '#server/store/sql.ts'
import { changeBefore, isCrowdedBefore, newestChange } from './changes-since.ts'

/** Somebody further behind than this reloads their page: quicker than receiving everything. */
const mostBehind = 20_000
/** seconds */
const longestAgo = 3_600

type Start = Readonly<{ after: number; how: 'fresh' | 'resumed' | 'gap' }>
type Over = Readonly<{ sql: Sql; now: () => Date }>

/**
 * The change to resume after: `Last-Event-ID`, or the latest change so many seconds before the request came, however
 * late or often that is asked. A gap if what is between is not known, or too much.
 */
export function resumePointOf(request: Request, { sql, now }: Over): () => Promise<Start> {
  const called = now().getTime()
  const lastEventId = request.headers.get('last-event-id')
  const ago = new URL(request.url).searchParams.get('ago')
  if (lastEventId !== null) return () => startAfter(lastEventId, sql)
  if (ago === null || !/^\d{1,9}$/.test(ago))
    return async () => ({ after: await newestChange(sql), how: 'fresh' })
  const since = new Date(called - Math.min(Number(ago), longestAgo) * 1_000)
  return async () => {
    const after = await changeBefore(sql, since)
    if (after !== undefined) return { after, how: 'resumed' }
    return { after: await newestChange(sql), how: 'gap' }
  }
}

async function startAfter(lastEventId: string, sql: Sql): Promise<Start> {
  const newest = await newestChange(sql)
  const from = /^\d{1,15}$/.test(lastEventId) ? Number(lastEventId) : Number.NaN
  const isKnown = from <= newest && from >= newest - mostBehind
  return isKnown && !(await isCrowdedBefore(sql, from))
    ? { after: from, how: 'resumed' }
    : { after: newest, how: 'gap' }
}
