import { opensRoom } from '#domain/access/labels/carer-room.ts'
import type { AccessScope } from '#server/store/access/access-scope.ts'
import type { ReadingStore } from '#server/store/store.ts'

/** Whether something about a person, in a room, is within reach: one decision for changes and for presence. */
export async function canReceive(
  about: Readonly<{ person?: string | undefined; room?: string | undefined }>,
  reach: AccessScope,
  store: Pick<ReadingStore, 'mayReach'>,
): Promise<boolean> {
  const { people } = reach.scope
  if (about.room === 'safeguarding') return false
  if (about.person === undefined || people.kind === 'all') return true
  if (people.kind === 'none') return false
  if (people.kind === 'listed') {
    const found = people.people.find((each) => each.person === about.person)
    if (!found) return false
    // the house as a whole is open to anybody who may enter one of its rooms
    return about.room === 'house' || opensRoom(found.rooms, about.room ?? '')
  }
  return await store.mayReach(about.person, reach.scope, about.room)
}
