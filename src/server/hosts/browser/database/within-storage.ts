import type { CallHandler } from '#server/hosts/browser/tabs/call-request.ts'
import type { StorageFolder } from './storage-folder.ts'
import { tryStorage } from './try-storage.ts'

type Options = Readonly<{
  room: StorageFolder
  handler: CallHandler
  /** opens the records again, in another worker: calls that still wait for an answer are sent again there */
  renew: () => void
  hasRoom?: (bytes: number) => Promise<boolean>
}>

/** Bytes that must be free before it is worth opening the records again. */
const enough = 32_000_000
/** Milliseconds until a refusal has been noticed. */
const settling = 100
/** Milliseconds between two checks for space, when nobody tries to save. */
const checkEvery = 60_000

const never = new Promise<never>(() => undefined)

/**
 * If there was no space for a change, brings memory and device back to the same state; and if there is space by now,
 * makes the change after all. It was refused completely before, so it is made only once.
 */
export function withinStorage({
  room,
  handler,
  renew,
  hasRoom = tryStorage,
}: Options): CallHandler {
  const timer = setInterval(async () => {
    if (room.isOut && !room.isApart && (await hasRoom(enough))) over()
  }, checkEvery)
  function over(): void {
    clearInterval(timer)
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
