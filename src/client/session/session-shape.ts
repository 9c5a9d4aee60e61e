import * as v from 'valibot'
import type { Actor } from '#domain/access/actor.ts'
import { turnedShape } from './turned-screen.ts'

const named = v.looseObject({ identity: v.string(), name: v.string(), role: v.string() })

/** Whether this describes somebody who can be signed in. */
export const isNamed = (value: unknown): boolean => v.is(named, value)

export const actorShape = v.custom<Actor>(isNamed)

/** What a server, this tab before a reload, or another tab says about who is signed in. */
export const sessionShape = v.object({
  actor: v.optional(actorShape),
  token: v.optional(v.string()),
  ends: v.optional(v.object({ idle: v.string(), absolute: v.string() })),
  now: v.optional(v.string()),
  ahead: v.optional(v.number()),
  ended: v.optional(
    v.object({ why: v.picklist(['idle', 'absolute', 'ended']), identity: v.string() }),
  ),
  deviceKey: v.optional(v.string()),
  zone: v.optional(v.string()),
  /** the screen is turned to somebody: there is no user until they sign in again */
  turned: v.optional(turnedShape),
})
