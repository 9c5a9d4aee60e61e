import { isGzip, UnpacksTooLarge, unpackedLimit } from '#domain/import/unpack.ts'

/** A file that is read from its beginning, part by part, as often as needed: a `Blob`, or a file on a disk. */
export type StreamedFile = Readonly<{ size: number; stream: () => ReadableStream<Uint8Array> }>

export type WatchedReading = Readonly<{
  /** aborting ends the reading with `ReadingStopped` */
  stop?: AbortSignal | undefined
  /** how many bytes of the file were read, as it lies on the disk */
  onBytes?: ((read: number) => void) | undefined
}>

/** The file cannot be read to its end: it was moved or changed, its disk was taken out, or it is packed and cut. */
export class FileNotReadable extends Error {}

export class ReadingStopped extends Error {}

/** The bytes of a file, unpacked when it is gzip, whatever its name says. Only what is asked for is read. */
export async function* bytesOfFile(
  file: StreamedFile,
  watched: WatchedReading = {},
): AsyncGenerator<Uint8Array> {
  const isPacked = isGzip(await firstBytes(file))
  const limit = isPacked ? unpackedLimit(file.size) : Number.POSITIVE_INFINITY
  const reader = openReader(file, isPacked, watched)
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw notReadable(cause, isPacked)
      })
      if (done) return
      length += value.byteLength
      if (length > limit) throw new UnpacksTooLarge()
      if (watched.stop?.aborted) throw new ReadingStopped()
      yield value
    }
  } finally {
    await endReading(reader, isPacked)
  }
}

/** Unpacking that nobody reads stops by itself; cancelled half-way, Node throws what nobody can catch. */
async function endReading(
  reader: ReadableStreamDefaultReader<unknown>,
  isPacked: boolean,
): Promise<void> {
  if (isPacked) reader.releaseLock()
  else await reader.cancel().catch(() => undefined)
}

function openReader(file: StreamedFile, isPacked: boolean, { onBytes }: WatchedReading) {
  let read = 0
  const counted = new TransformStream<Uint8Array, Uint8Array<ArrayBuffer>>({
    transform(part, onward) {
      read += part.byteLength
      onBytes?.(read)
      onward.enqueue(part as Uint8Array<ArrayBuffer>)
    },
  })
  const bytes = file.stream().pipeThrough(counted)
  return (isPacked ? bytes.pipeThrough(new DecompressionStream('gzip')) : bytes).getReader()
}

/** The platform reports a cut packed file without a message. */
function notReadable(cause: unknown, isPacked: boolean): Error {
  if (isPacked) return new FileNotReadable('it cannot be unpacked and may be incomplete', { cause })
  const why = cause instanceof Error ? cause.message : 'its disk may be gone'
  return new FileNotReadable(`it cannot be read: ${why}`, { cause })
}

async function firstBytes(file: StreamedFile): Promise<Uint8Array> {
  const reader = file.stream().getReader()
  let bytes = new Uint8Array()
  try {
    while (bytes.length < 2) {
      const { done, value } = await reader.read()
      if (done) break
      bytes = new Uint8Array([...bytes, ...value.subarray(0, 2)])
    }
    return bytes
  } catch (cause) {
    throw notReadable(cause, false)
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
