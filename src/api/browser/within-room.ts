import type { Handler } from './call-request.ts'
import type { Room } from './room.ts'
import { isRoomFor } from './try-room.ts'

type Ways = Readonly<{
  room: Room
  handler: Handler
  /** opens the records anew, elsewhere: whoever still waits for an answer asks there again */
  renew: () => void
  hasRoom?: (bytes: number) => Promise<boolean>
}>

/** Bytes that must be free before it is worth opening the records anew. */
const enough = 32_000_000
/** Until a refusal has been heard, in milliseconds. */
const settling = 100

/**
 * Where there was no room for a change, sees to it that memory and device say the same again; and where there is room
 * by now, that the change is made after all. It was refused whole before, so that it is made once.
 */
export function withinRoom({ room, handler, renew, hasRoom = isRoomFor }: Ways): Handler {
  return async (request, again) => {
    const wasOut = room.isOut
    const response = await handler(request)
    if (response.status !== 507) return response
    if (room.isApart) setTimeout(renew, settling)
    else if (wasOut && !again && (await hasRoom(enough))) {
      renew()
      await new Promise(() => undefined)
    }
    return response
  }
}
