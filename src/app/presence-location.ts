import type { PresencePlace } from '#client/session/presence.ts'
import type { Actor } from '#domain/access/actor.ts'
import { houseRooms } from '#domain/plan/plan.ts'

/**
 * Whose plan an address belongs to, and which room; undefined if to none. A team is changed on the page of its tasks.
 */
export function presenceLocation(
  path: string,
  actor: Actor | undefined,
): PresencePlace | undefined {
  const [, first = '', second = '', third = '', fourth] = path.split('/')
  if (!actor) return undefined
  if (first === 'my') return inHouse(actor.person ?? actor.caresFor?.[0]?.person, second)
  if (first !== 'people') return undefined
  if (third === 'tasks') return { person: second, place: 'team' }
  return third === 'plan' ? inHouse(second, fourth ?? '') : undefined
}

function inHouse(person: string | undefined, part: string): PresencePlace | undefined {
  if (!person) return undefined
  if (part === '') return { person, place: 'house' }
  const room = part === 'goals' ? 'conversation' : houseRooms.find((each) => each === part)
  return room ? { person, place: room } : undefined
}
