/** A carer’s key to the rooms that are theirs and the team’s, by the id of their RelatedPerson. */
export type CarerKey = `carer-${string}`

/**
 * The room of what these carers have with the team. Its name is the keys that open it: that of `own`, with which the person
 * reads it, and one for each carer. No other carer has any of them.
 */
export type CarerRoom = `own ${CarerKey}`

export const carerKey = (relatedPerson: string): CarerKey => `carer-${relatedPerson}`

/** Undefined without a carer. */
export function carerRoom(keys: readonly CarerKey[]): CarerRoom | undefined {
  if (keys.length === 0) return undefined
  return `own ${[...new Set(keys)].toSorted().join(' ')}` as CarerRoom
}

export const isCarerRoom = (room: string): room is CarerRoom => room.startsWith('own ')

/** Keys of the carers that open a room. */
export const carersIn = (room: CarerRoom): readonly CarerKey[] =>
  room.split(' ').slice(1) as CarerKey[]

/** Whether somebody with these keys may enter a room. */
export const opensRoom = (keys: readonly string[], room: string): boolean =>
  keys.includes(room) || (isCarerRoom(room) && room.split(' ').some((key) => keys.includes(key)))
