import type { Actor } from '#domain/access/actor.ts'
import type { Sql } from '#server/store/sql.ts'
import type { Change, Store } from '#server/store/store.ts'
import { processWaiting } from './message-processor.ts'

/** The actor for messages on hold: nobody asked for it by hand. */
const service: Actor = { identity: 'hl7', name: 'Messages from hospitals', role: 'admin' }

type House = Readonly<{ store: Store; sql: Sql; now: () => Date; hl7Zone: string }>

/**
 * Processes messages on hold for people whose record was started or corrected. Returns a way to wait until that is
 * done for some of them, so that the user who registered them finds their stays. A message that fails stays on hold
 * and can be tried by hand.
 */
export function retryUnmatched(house: House): (persons: ReadonlySet<string>) => Promise<void> {
  const running = new Map<Promise<void>, readonly string[]>()
  house.store.onChange((changes) => {
    const persons = changes.filter(isPatient).map(({ id }) => id)
    if (persons.length === 0) return
    const inbox = { ...house, now: house.now(), zone: house.hl7Zone, actor: service }
    const work = processWaiting(inbox, persons)
      .catch(() => undefined)
      .finally(() => running.delete(work))
    running.set(work, persons)
  })
  return async (wanted) => {
    const theirs = [...running].filter(([, persons]) => persons.some((each) => wanted.has(each)))
    await Promise.all(theirs.map(([work]) => work))
  }
}

const isPatient = ({ type }: Change) => type === 'Patient'
