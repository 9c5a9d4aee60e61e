import type { CallHandler } from '#server/hosts/browser/tabs/call-request.ts'
import type { StorageFolder } from './storage-folder.ts'
import { tryStorage } from './try-storage.ts'

type Ways = Readonly<{
  room: StorageFolder
  handler: CallHandler
  /** opens the records anew, elsewhere: whoever still waits for an answer asks there again */
  renew: () => void
  hasRoom?: (bytes: number) => Promise<boolean>
}>

/** Bytes that must be free before it is worth opening the records anew. */
const enough = 32_000_000
/** Milliseconds until a refusal has been heard. */
const settling = 100
/** Milliseconds between two looks for room, when nobody tries to save. */
const lookAgain = 60_000

const never = new Promise<never>(() => undefined)

/**
 * Where there was no room for a change, sees to it that memory and device say the same again; and where there is room
 * by now, that the change is made after all. It was refused whole before, so that it is made once.
 */
export function withinStorage({ room, handler, renew, hasRoom = tryStorage }: Ways): CallHandler {
  const look = setInterval(async () => {
    if (room.isOut && !room.isApart && (await hasRoom(enough))) over()
  }, lookAgain)
  function over(): void {
    clearInterval(look)
    renew()
  }
  return async (request, again) => {
    if (room.isApart) return await never
    const wasOut = room.isOut
    const response = await handler(request)
    if (room.isApart) {
      setTimeout(over, settling)
    } else if (response.status === 507 && wasOut && !again && (await hasRoom(enough))) {
      over()
      return await never
    }
    return response
  }
}
