import { demoIdentities } from '#demo-data/identities.ts'
import type { Actor } from '#domain/access/actor.ts'

export function demoActor(identity: string): Actor {
  const found = demoIdentities.find((each) => each.identity === identity)
  if (!found) throw new Error(`${identity} is no demonstration identity`)
  return found
}
