/** One file of a backup. */
export type TarEntry = Readonly<{ name: string; bytes: Uint8Array<ArrayBuffer> }>

/** A backup that can be read as often as needed: it is checked to its end before any of it is used. */
export type TarSource = () => AsyncIterable<TarEntry>

/** What is wrong with a backup, and with which file of it. */
export class BackupFault extends Error {
  override name = 'BackupFault'
}

const block = 512
const nameShape = /^[A-Za-z][A-Za-z0-9.-]{0,98}$/

/** The plain tar header of a file; always the same for the same name and size, so that any other byte in it is a fault. */
function headerOf(name: string, size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(block)
  const put = (text: string, at: number) => bytes.set(new TextEncoder().encode(text), at)
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0')
  put(name, 0)
  put('0000644\0', 100)
  put('0000000\0', 108)
  put('0000000\0', 116)
  put(`${octal(size, 11)}\0`, 124)
  put('00000000000\0', 136)
  put('        ', 148)
  put('0', 156)
  put('ustar\x0000', 257)
  const sum = bytes.reduce((all, each) => all + each, 0)
  put(`${octal(sum, 6)}\0 `, 148)
  return bytes
}

const paddingOf = (size: number) => (block - (size % block)) % block

/** The bytes of one file within the container, with header and padding. */
export function packTar({ name, bytes }: TarEntry): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(block + bytes.length + paddingOf(bytes.length))
  whole.set(headerOf(name, bytes.length))
  whole.set(bytes, block)
  return whole
}

/** How the container ends. */
export const tarEnd = new Uint8Array(2 * block)

/** Splits a container into its files. Throws `BackupFault` if it is incomplete or not as `packed` makes it. */
export async function* unpackTar(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const take = takerOf(chunks)
  let last = 'the beginning'
  for (;;) {
    const header = await take(block, last)
    if (header.every((byte) => byte === 0)) return await mustEnd(take, last)
    const { name, size } = readHeader(header, last)
    const bytes = await take(size, name)
    const padding = await take(paddingOf(size), name)
    if (padding.some((byte) => byte !== 0)) throw damaged(name)
    yield { name, bytes }
    last = name
  }
}

type Take = (count: number, where: string) => Promise<Uint8Array<ArrayBuffer>>

const damaged = (where: string) => new BackupFault(`The backup is damaged at or after ${where}`)

function readHeader(header: Uint8Array, last: string): { name: string; size: number } {
  const text = new TextDecoder('latin1').decode(header)
  const name = text.slice(0, 100).split('\0')[0] ?? ''
  const size = Number.parseInt(text.slice(124, 135), 8)
  if (!nameShape.test(name) || !Number.isInteger(size) || size < 0) throw damaged(last)
  const right = headerOf(name, size)
  if (header.some((byte, at) => byte !== right[at])) throw damaged(name)
  return { name, size }
}

async function mustEnd(take: Take, last: string): Promise<void> {
  const second = await take(block, last)
  if (second.some((byte) => byte !== 0)) throw damaged(last)
  const more = await take(1, last).catch(() => undefined)
  if (more) throw new BackupFault('The backup has more data after its end')
}

function takerOf(chunks: AsyncIterable<Uint8Array>): Take {
  const reader = chunks[Symbol.asyncIterator]()
  const held: Uint8Array[] = []
  let there = 0
  return async (count, where) => {
    while (there < count) {
      const { done, value } = await reader.next()
      if (done) throw new BackupFault(`The backup is incomplete: it ends after ${where}`)
      held.push(value)
      there += value.length
    }
    there -= count
    return cutFrom(held, count)
  }
}

/** The first bytes of the buffer, which are removed from it. */
function cutFrom(held: Uint8Array[], count: number): Uint8Array<ArrayBuffer> {
  const taken = new Uint8Array(count)
  for (let at = 0, first = held[0]; at < count && first; first = held[0]) {
    const some = first.subarray(0, count - at)
    taken.set(some, at)
    at += some.length
    if (some.length < first.length) held[0] = first.subarray(some.length)
    else held.shift()
  }
  return taken
}

/** A stream as an async iterable; not every browser’s stream is one. */
export async function* tarChunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}
