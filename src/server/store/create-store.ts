import { usualZone } from '#domain/calendar/zone.ts'
import { retryConflict } from './concurrency/retry-conflict.ts'
import { savepoint } from './concurrency/transaction-sql.ts'
import { everythingAbout } from './everything.ts'
import {
  isWithinScope,
  readAllCurrent,
  readCurrent,
  readHistory,
  readStoredVersion,
} from './read.ts'
import { noteAlike } from './roster/note-alike.ts'
import { matchingIds, searchStore } from './search/search.ts'
import type { ReadingSql, Sql } from './sql.ts'
import type { Change, ReadingStore, Store, WriteRequest, WriteResult } from './store.ts'
import { derive } from './summary/derive.ts'
import { removeRecord, writeRecords } from './write.ts'

type Options = Readonly<{
  now?: () => Date
  /** the service's time zone: on which day an instant falls */
  zone?: string
}>

/** What happens within one transaction and has to be followed up when it ends. */
type Session = { changes: Change[]; persons: Set<string> }

const patientsIn = (changes: readonly Change[]) =>
  changes.flatMap(({ type, id }) => (type === 'Patient' ? [id] : []))

const tooMany = 400

/** The record store over a migrated database. */
export function createStore(sql: Sql, options: Options = {}): Store {
  const { now = () => new Date(), zone = usualZone } = options
  const listeners = new Set<(changes: readonly Change[]) => void>()

  async function transaction<T>(work: (store: Store, sql: Sql) => Promise<T>): Promise<T> {
    const { value, changes } = await retryConflict(async () => {
      const session: Session = { changes: [], persons: new Set() }
      const result = await sql.transaction(async (tx) => {
        const done = await work(storeOver(tx, session), tx)
        await derive(tx, [...session.persons], { now: now(), zone })
        await noteAlike(tx, patientsIn(session.changes), { now: now(), zone })
        return done
      })
      return { value: result, changes: session.changes }
    })
    if (changes.length > 0) for (const listener of listeners) listener(changes)
    return value
  }

  async function attempt<T>(
    on: Sql,
    session: Session,
    work: (store: Store, sql: Sql) => Promise<T>,
  ): Promise<T> {
    const inner: Session = { changes: [], persons: new Set() }
    await on.query(savepoint.begin)
    try {
      const done = await work(storeOver(on, inner), on)
      await on.query(savepoint.keep)
      session.changes.push(...inner.changes)
      for (const person of inner.persons) session.persons.add(person)
      return done
    } catch (error) {
      await on.query(savepoint.undo)
      await on.query(savepoint.keep)
      throw error
    }
  }

  /** `session` is absent outside a transaction: each write is then a transaction of its own. */
  function storeOver(on: Sql, session?: Session): Store {
    const own = <T>(work: (store: Store, sql: Sql) => Promise<T>) =>
      session ? work(self, on) : transaction(work)
    const writing = (current: Session) => ({
      ...{ sql: on, now: now(), zone },
      note: (change: Change) => current.changes.push(change),
      touch: (person: string) => current.persons.add(person),
    })
    const self: Store = {
      ...readingOver(on, now),
      as: (reach) => readingOver(on.as(reach), now, on.as({ ...reach, many: true })),
      async write(request) {
        const [written] = session
          ? await writeRecords([request], writing(session))
          : [await own((store) => store.write(request))]
        if (!written) throw new Error('The write returned no result')
        return written
      },
      async writeMany(requests) {
        if (!session) return await own((store) => store.writeMany(requests))
        const written: WriteResult[] = []
        for (const chunk of chunks(requests))
          written.push(...(await writeRecords(chunk, writing(session))))
        return written
      },
      remove: (type, id, expect) =>
        session
          ? removeRecord(type, id, expect, writing(session))
          : own((store) => store.remove(type, id, expect)),
      transaction: (work) => own(work),
      attempt: (work) => (session ? attempt(on, session, work) : own(work)),
      onChange(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    }
    return self
  }

  return storeOver(sql)
}

/** The reading half of the store on any connection; `many`: on the same, for statements that read many rows. */
export function readingOver(sql: ReadingSql, now: () => Date, many = sql): ReadingStore {
  const reading = () => ({ sql, many, now: now() })
  return {
    read: (type, id, scope) => readCurrent(type, id, scope, reading()),
    readAll: (names, scope) => readAllCurrent(names, scope, reading()),
    readVersion: (type, id, version, scope) =>
      readStoredVersion({ type, id, version }, scope, reading()),
    history: (query, scope) => readHistory(query, scope, reading()),
    search: (type, params, scope) => searchStore(type, params, scope, reading()),
    match: (type, params, scope, limit) =>
      matchingIds(type, params, scope, { ...reading(), limit }),
    everything: (person, scope, page) => everythingAbout(person, scope, page, reading()),
    mayReach: (person, scope, room) => isWithinScope(person, scope, reading(), room),
  }
}

/** One statement cannot write a record twice: a second write of the same one starts a new chunk. */
function chunks(requests: readonly WriteRequest[]): readonly (readonly WriteRequest[])[] {
  const made: WriteRequest[][] = []
  let current: WriteRequest[] = []
  let seen = new Set<string>()
  for (const request of requests) {
    const name = `${request.resource.resourceType}/${request.resource.id}`
    if (current.length >= tooMany || seen.has(name)) {
      made.push(current)
      current = []
      seen = new Set()
    }
    seen.add(name)
    current.push(request)
  }
  return current.length > 0 ? [...made, current] : made
}
