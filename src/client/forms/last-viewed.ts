import type { Parameters } from '@medplum/fhirtypes'
import * as v from 'valibot'
import { create } from 'zustand'
import { now } from '#client/clock.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { useSession } from '#client/session/session.ts'
import { serialQueue } from '#domain/async/serial-queue.ts'
import { checkedJson } from '#domain/fhir/checked-json.ts'
import type { LastViewed } from '#domain/plan/changes-since.ts'
import { type HouseRoom, houseRooms } from '#domain/plan/plan.ts'
import {
  lastViewedParameters,
  laterViewed,
  seenRooms,
  viewedIn,
} from '#domain/plan/versions/last-viewed-parameters.ts'
import { draftStorage } from './draft-storage.ts'

/**
 * When this user last opened each part of a house. The service keeps it for all their devices, and gives it with the
 * house; what was seen without a network is kept here and sent later. The latest moment counts, in whatever order they
 * arrive.
 */
const identity = () => useSession.getState().actor?.identity ?? 'nobody'
const keyFor = (person: string) => `gable-looked:${identity()}:${person}`
/** what the service does not know yet, by person */
const unsentKey = () => `gable-looked-unsent:${identity()}`

const timesShape = v.record(v.string(), v.string())
const unsentShape = v.record(v.string(), timesShape)

const known = (times: Readonly<Record<string, string>> | undefined): LastViewed =>
  Object.fromEntries(houseRooms.flatMap((room) => (times?.[room] ? [[room, times[room]]] : [])))

const storedTimes = (person: string): LastViewed =>
  known(checkedJson(timesShape, draftStorage().get(keyFor(person))))

const unsent = (): Readonly<Record<string, LastViewed>> => {
  const all = checkedJson(unsentShape, draftStorage().get(unsentKey())) ?? {}
  return Object.fromEntries(Object.entries(all).map(([person, times]) => [person, known(times)]))
}

const useTimes = create<Readonly<Record<string, LastViewed>>>(() => ({}))

/** The times of the previous visits; live. */
export function useLastViewed(person: string): LastViewed {
  const key = keyFor(person)
  return useTimes((all) => all[key]) ?? storedTimes(person)
}

function keep(person: string, times: LastViewed): void {
  const stored = storedTimes(person)
  const later = laterViewed(stored, times)
  if (JSON.stringify(later) === JSON.stringify(laterViewed(stored, {}))) return
  draftStorage().set(keyFor(person), JSON.stringify(later))
  useTimes.setState({ [keyFor(person)]: later })
}

/** What the service knows, from every device of this user. It answered: what it does not know yet is sent. */
export function noteViewedElsewhere(person: string, times: LastViewed): void {
  try {
    keep(person, times)
    if (Object.keys(unsent()).length > 0) void sendViewed()
  } catch {
    // a browser that gives no storage: the plan opens all the same
  }
}

/** Marks these parts of the house as seen. */
export function noteLastViewed(person: string, rooms: readonly HouseRoom[]): void {
  const at = now().toISOString()
  const times = Object.fromEntries(rooms.map((room) => [room, at]))
  keep(person, times)
  setUnsent({ ...unsent(), [person]: laterViewed(unsent()[person] ?? {}, times) })
  void sendViewed()
}

function setUnsent(all: Readonly<Record<string, LastViewed>>): void {
  const left = Object.entries(all).filter(([, times]) => Object.keys(times).length > 0)
  if (left.length === 0) draftStorage().remove(unsentKey())
  else draftStorage().set(unsentKey(), JSON.stringify(Object.fromEntries(left)))
}

const inTurn = serialQueue()

/** Sends what the service does not know yet; what cannot be sent stays for the next time. */
export async function sendViewed(): Promise<void> {
  await inTurn(async () => {
    const reader = identity()
    for (const [person, times] of Object.entries(unsent())) {
      const answer = await markSeen(person, times)
      // somebody else may have signed in meanwhile: it is not theirs
      if (answer === 'later' || identity() !== reader) return
      setUnsent({ ...unsent(), [person]: stillUnsent(unsent()[person] ?? {}, times) })
      keep(person, answer)
    }
  })
}

/** `later`: the service did not answer. Without access to the person nothing is left to send. */
async function markSeen(person: string, times: LastViewed): Promise<LastViewed | 'later'> {
  try {
    const request = lastViewedParameters.write({ patient: person, seen: seenRooms(times) })
    const { seen } = lastViewedParameters.read(
      await fhir.operation<Parameters>('$mark-seen', request),
    )
    return viewedIn(seen)
  } catch (error) {
    const isRefused = error instanceof FhirError && refusals.includes(error.kind)
    return isRefused ? {} : 'later'
  }
}

const refusals: readonly string[] = ['missing', 'forbidden', 'refused']

/** Without what was sent; a room that was seen again meanwhile is sent again. */
const stillUnsent = (waiting: LastViewed, sent: LastViewed): LastViewed =>
  Object.fromEntries(
    seenRooms(waiting).flatMap(({ room, at }) => (room && sent[room] !== at ? [[room, at]] : [])),
  )
