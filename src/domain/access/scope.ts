import type { AccessLabel } from './labels/access-label.ts'
import type { CarerKey } from './labels/carer-room.ts'

/** The name of a room, or what opens the rooms between one carer and the team. */
export type RoomKey = AccessLabel | CarerKey

/** What a person has shared with a carer, with the carer’s own key. */
export type RoomKeys = Readonly<{ read: readonly RoomKey[]; write: readonly RoomKey[] }>

/**
 * What one actor can see, decided before the store is asked. The store turns it into SQL for every query: read, search,
 * totals, includes, history, operations and events.
 */
export type Scope = Readonly<{
  people: /** `isActor`: of an administrator, not of the service itself; safeguarding is closed to them */
    | { kind: 'all'; isActor?: true }
    | { kind: 'none' }
    /** everyone with a relation to this practitioner or organisation */
    | { kind: 'related'; practitioner?: string; organisation?: string }
    /** these people and nobody else: the person, or the people a carer cares for */
    | { kind: 'listed'; people: readonly { person: string; rooms: readonly RoomKey[] }[] }
  /** records of these types only; absent: all */
  types?: readonly string[]
}>
