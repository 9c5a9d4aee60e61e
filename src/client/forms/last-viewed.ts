import * as v from 'valibot'
import { create } from 'zustand'
import { now } from '#client/clock.ts'
import { useSession } from '#client/session/session.ts'
import { checkedJson } from '#domain/fhir/checked-json.ts'
import type { LastViewed } from '#domain/plan/changes-since.ts'
import type { HouseRoom } from '#domain/plan/plan.ts'
import { draftStorage } from './draft-storage.ts'

/**
 * When this user last opened each part of a house. Stored on the device, per identity: a record for each time would
 * flood the audit log that shows the person who looked.
 */
const keyFor = (person: string) =>
  `gable-looked:${useSession.getState().actor?.identity ?? 'nobody'}:${person}`

const timesShape = v.record(v.string(), v.string())

const storedTimes = (person: string): LastViewed =>
  checkedJson(timesShape, draftStorage().get(keyFor(person))) ?? {}

const useTimes = create<Readonly<Record<string, LastViewed>>>(() => ({}))

/** The times of the previous visits; live. */
export function useLastViewed(person: string): LastViewed {
  const key = keyFor(person)
  return useTimes((all) => all[key]) ?? storedTimes(person)
}

/** Marks these parts of the house as seen. */
export function noteLastViewed(person: string, rooms: readonly HouseRoom[]): void {
  const at = now().toISOString()
  const times = { ...storedTimes(person), ...Object.fromEntries(rooms.map((room) => [room, at])) }
  draftStorage().set(keyFor(person), JSON.stringify(times))
  useTimes.setState({ [keyFor(person)]: times })
}
