import { create } from 'zustand'
import { now } from '#client/clock.ts'
import { useSession } from '#client/session/session.ts'
import type { LastLooks } from '#domain/plan/changes-since.ts'
import type { HouseRoom } from '#domain/plan/plan.ts'
import { keptText } from './draft-storage.ts'

/**
 * When this reader last looked into each room of a house. Kept on the device, per identity: a record of its own for
 * each glance would flood the trail that shows the person who looked.
 */
const keyFor = (person: string) =>
  `gable-looked:${useSession.getState().actor?.identity ?? 'nobody'}:${person}`

function kept(person: string): LastLooks {
  try {
    return JSON.parse(keptText().get(keyFor(person)) ?? '{}') as LastLooks
  } catch {
    return {}
  }
}

const useLooks = create<Readonly<Record<string, LastLooks>>>(() => ({}))

/** The looks before this one; live. */
export function useLastLooks(person: string): LastLooks {
  const key = keyFor(person)
  return useLooks((all) => all[key]) ?? kept(person)
}

/** Puts the lights of these rooms out. */
export function noteLook(person: string, rooms: readonly HouseRoom[]): void {
  const at = now().toISOString()
  const looks = { ...kept(person), ...Object.fromEntries(rooms.map((room) => [room, at])) }
  keptText().set(keyFor(person), JSON.stringify(looks))
  useLooks.setState({ [keyFor(person)]: looks })
}
