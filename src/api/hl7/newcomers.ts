import type { Sql } from '#api/sql/sql.ts'
import type { Change, Store } from '#api/sql/store.ts'
import type { Actor } from '#domain/access/actor.ts'
import { takeInFor } from './inbox.ts'

/** Who takes in what had waited: nobody asked for it by hand. */
const service: Actor = { identity: 'hl7', name: 'Messages from hospitals', role: 'admin' }

type House = Readonly<{ store: Store; sql: Sql; now: () => Date; hl7Zone: string }>

/**
 * Takes in what has waited for people whose record begins or is corrected. Answers a way to wait until that is done,
 * so that whoever brought them in finds their stays. What fails stays kept aside and can be tried by hand.
 */
export function takeInNewcomers(house: House): () => Promise<void> {
  const running = new Set<Promise<void>>()
  house.store.onChange((changes) => {
    const persons = changes.filter(isPatient).map(({ id }) => id)
    if (persons.length === 0) return
    const inbox = { ...house, now: house.now(), zone: house.hl7Zone, actor: service }
    const work = takeInFor(inbox, persons)
      .catch(() => undefined)
      .finally(() => running.delete(work))
    running.add(work)
  })
  return async () => {
    await Promise.all(running)
  }
}

const isPatient = ({ type }: Change) => type === 'Patient'
