/** A packed file that would become far larger than any real one: reading stops while it is small. */
export class UnpacksTooLarge extends Error {
  constructor() {
    super('it would be too large when unpacked: nothing was imported')
  }
}

/** More than one text can hold is not read anyway. */
const most = 400_000_000
/** Records compress to a tenth or a thirtieth; what is made to fill memory, to a thousandth. */
const mostTimes = 100
const alwaysFine = 32_000_000

/** Whether the bytes are gzip, whatever the file is called. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

/** How many bytes a packed file of this size may become. */
export const unpackedLimit = (size: number): number => Math.max(alwaysFine, size * mostTimes)

/** Unpacks gzip part by part; rejects with `UnpacksTooLarge` before more than that is held. */
export async function unpack(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const limit = Math.min(most, unpackedLimit(file.size))
  const parts: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      // the platform reports this without a message
      throw new Error('it cannot be unpacked and may be incomplete', { cause })
    })
    if (done) break
    length += value.byteLength
    if (length > limit) {
      // unpacking that nobody reads stops by itself; cancelled half-way, Node throws what nobody can catch
      reader.releaseLock()
      throw new UnpacksTooLarge()
    }
    parts.push(value)
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.byteLength
  }
  return whole
}
