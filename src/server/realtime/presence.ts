import * as v from 'valibot'
import type { Role } from '#domain/access/actor.ts'
import { checked } from '#domain/fhir/checked-json.ts'
import { type HouseRoom, houseRooms } from '#domain/plan/plan.ts'
import type { Pubsub } from './pubsub.ts'

/** Where in a person's plan somebody is: in a room, or on the page of the whole house. */
export type SignPlace = HouseRoom | 'house'
export type Doing = 'looking' | 'writing' | 'away'

const signShape = v.object({
  person: v.string(),
  place: v.picklist(['house', ...houseRooms]),
  doing: v.picklist(['looking', 'writing', 'away']),
  /** one open page of theirs */
  tab: v.string(),
  ...{
    identity: v.string(),
    name: v.string(),
    role: v.custom<Role>((role) => typeof role === 'string'),
  },
})
/** A signal of somebody in a person's plan. Kept in memory only, for some seconds. */
export type Sign = Readonly<v.InferOutput<typeof signShape>>

export type PresenceBoard = Readonly<{
  /** a signal given in this process: kept, and sent here and to the other processes */
  give: (sign: Sign) => void
  /** removes somebody from wherever they are; another open page of theirs signals again */
  end: (identity: string) => void
  /** a signal that came from another process */
  hear: (sign: unknown) => void
  /** everybody in a person's plan whose last signal has not expired */
  at: (person: string) => readonly Sign[]
  onSign: (listener: (sign: Sign) => void) => () => void
}>

/** How long somebody counts as present after their last signal. */
const signHolds = 20_000
const mostTabs = 20

type ActiveSign = Readonly<{ sign: Sign; until: number }>

export function presenceOver(now: () => Date, pubsub?: Pubsub): PresenceBoard {
  const signals = new Map<string, Map<string, ActiveSign>>()
  const listeners = new Set<(sign: Sign) => void>()
  const take = (sign: Sign) => {
    const time = now().getTime()
    sweep(signals, time)
    keep(signals, sign, time)
    for (const each of listeners) each(sign)
  }
  const give = (sign: Sign) => {
    take(sign)
    pubsub?.tell({ kind: 'presence', sign })
  }
  return {
    give,
    end(identity) {
      const all = [...signals.values()].flatMap((there) => [...there.values()])
      for (const { sign } of all) if (sign.identity === identity) give({ ...sign, doing: 'away' })
    },
    hear(told) {
      const sign = checked(signShape, told)
      if (sign) take(sign)
    },
    at(person) {
      const time = now().getTime()
      const there = [...(signals.get(person)?.values() ?? [])]
      return there.filter((each) => each.until > time).map((each) => each.sign)
    },
    onSign(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}

function keep(signals: Map<string, Map<string, ActiveSign>>, sign: Sign, time: number): void {
  const key = `${sign.identity} ${sign.tab}`
  const there = signals.get(sign.person) ?? new Map<string, ActiveSign>()
  there.delete(key)
  if (sign.doing !== 'away') there.set(key, { sign, until: time + signHolds })
  const own = [...there.keys()].filter((each) => each.startsWith(`${sign.identity} `))
  for (const old of own.slice(0, -mostTabs)) there.delete(old)
  if (there.size > 0) signals.set(sign.person, there)
  else signals.delete(sign.person)
}

function sweep(signals: Map<string, Map<string, ActiveSign>>, time: number): void {
  for (const [person, there] of signals) {
    for (const [key, { until }] of there) if (until <= time) there.delete(key)
    if (there.size === 0) signals.delete(person)
  }
}
