import { serialQueue } from '#domain/async/serial-queue.ts'
import type { Sql } from '#server/store/sql.ts'
import type { Change, Store } from '#server/store/store.ts'
import { changesBetween, changesSince, isCrowdedBefore, newestChange } from './changes-since.ts'
import { type PresenceBoard, presenceOver } from './presence.ts'
import type { Pubsub } from './pubsub.ts'

/**
 * Informs open event streams of changes, wherever they happened: in this process or in another on the same database.
 */
export type ChangeFeed = Readonly<{
  onChange: (listener: (changes: readonly Change[]) => void) => () => void
  /** called when something may have been changed without an event; returns how to stop */
  onLost: (listener: () => void) => () => void
  /** so much was changed at once that everybody should reload */
  tellLost: () => void
  /** called when what lists count was changed without a record; returns how to stop */
  onCounted: (listener: () => void) => () => void
  /** counts of lists are old, and no screen needs to reload */
  tellCounted: () => void
  /** called when sessions were ended; returns how to stop */
  onSessions: (listener: () => void) => () => void
  /** If the identity is given, its presence is cleared. */
  sessionsEnded: (identity?: string) => void
  presence: PresenceBoard
}>

type Sources = Readonly<{ store: Store; sql: Sql; now: () => Date; wire?: Pubsub | undefined }>

/** Collects the changes of this process and, over the connection, of the others. */
export function createChangeFeed({ store, sql, now, wire }: Sources): ChangeFeed {
  const changes = listeners<readonly Change[]>()
  const sessions = listeners<void>()
  const lost = listeners<void>()
  const counted = listeners<void>()
  const signals = { lost, counted, sessions }
  const presence = presenceOver(now, wire)
  const others = wire ? followOthers(sql, changes.tell, lost.tell) : undefined
  store.onChange((made) => {
    const numbers = made.map((each) => each.seq)
    const [from, to] = [Math.min(...numbers), Math.max(...numbers)]
    others?.known(to)
    wire?.tell({ kind: 'changes', from, to })
    changes.tell(made)
  })
  wire?.onTold((message) => {
    if (message.kind === 'changes') others?.read(message.from, message.to)
    else if (message.kind === 'gap') others?.catchUp()
    else if (message.kind === 'presence') presence.hear(message.sign)
    else signals[message.kind].tell()
  })
  return {
    presence,
    onChange: changes.add,
    onLost: lost.add,
    tellLost() {
      lost.tell()
      wire?.tell({ kind: 'lost' })
    },
    onCounted: counted.add,
    tellCounted() {
      counted.tell()
      wire?.tell({ kind: 'counted' })
    },
    onSessions: sessions.add,
    sessionsEnded(identity) {
      if (identity !== undefined) presence.end(identity)
      sessions.tell()
      wire?.tell({ kind: 'sessions' })
    },
  }
}

function listeners<T>() {
  const all = new Set<(news: T) => void>()
  return {
    add(listener: (news: T) => void) {
      all.add(listener)
      return () => {
        all.delete(listener)
      }
    },
    tell(news: T) {
      for (const each of all) each(news)
    },
  }
}

/**
 * Reads what other processes have committed. Each announces the range of numbers of its own commits, so that one that
 * commits late, below a number that was seen already, is still read.
 */
function followOthers(sql: Sql, tell: (changes: readonly Change[]) => void, tellLost: () => void) {
  let newest: number | undefined
  let wanted: { from: number; to: number } | undefined
  const inTurn = serialQueue()
  // what fails is left to the next heartbeat of each stream
  const queue = (work: () => Promise<void>) => void inTurn(work).catch(() => undefined)
  const known = (seq: number) => {
    newest = Math.max(newest ?? 0, seq)
  }
  const pass = (page: readonly Change[]) => {
    known(Math.max(...page.map((each) => each.seq)))
    tell(page)
  }
  return {
    known,
    /** requests that arrive during a read are answered by one read after it */
    read(from: number, to: number) {
      const isWaiting = wanted !== undefined
      wanted = { from: Math.min(from, wanted?.from ?? from), to: Math.max(to, wanted?.to ?? to) }
      if (isWaiting) return
      queue(async () => {
        const span = wanted
        wanted = undefined
        if (span) for await (const page of changesBetween(sql, span.from, span.to)) pass(page)
      })
    },
    catchUp() {
      queue(async () => {
        if (newest === undefined) {
          newest = await newestChange(sql)
          return
        }
        if (await isCrowdedBefore(sql, newest)) tellLost()
        for await (const page of changesSince(sql, newest)) pass(page)
      })
    },
  }
}
