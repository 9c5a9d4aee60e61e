import { bytesOfFile, type StreamedFile, type WatchedReading } from './streamed-file.ts'
import { NotInEncoding, type TextEncodingName, textPieces } from './text-pieces.ts'

/** How a file is written, and what its text begins with. */
type TextSeen = Readonly<{
  encoding: TextEncodingName
  /** its first characters that are not blank; '': all of it is blank */
  start: string
  /** it has `"resourceType"` somewhere */
  saysType: boolean
}>

/**
 * Recognises a file by what its bytes are: UTF-8 or UTF-16 (with a byte order mark, or recognised without one), otherwise
 * Windows-1252, as older British exports write it. A file in two encodings, or with bytes that none of them has, is not
 * read: characters would be lost. It is looked at whole, but never held whole.
 */
export async function textEncodingOf(
  file: StreamedFile,
  watched: WatchedReading = {},
): Promise<TextSeen | Readonly<{ why: 'not-utf8' | 'cut-in-character' }>> {
  const wide = utf16Of(await startOf(file))
  if (wide) {
    const seen = await seenAs(file, wide, watched)
    return seen instanceof NotInEncoding ? { why: 'cut-in-character' } : seen
  }
  const seen = await seenAs(file, 'utf-8', watched)
  if (!(seen instanceof NotInEncoding)) return seen
  const letters = await lettersIn(file, watched)
  // one lone letter at the end is more likely an accent of Windows-1252
  if (seen.message === 'cut' && letters.sound > 0) return { why: 'cut-in-character' }
  if (!isWindows1252(letters)) return { why: 'not-utf8' }
  const old = await seenAs(file, 'windows-1252', watched)
  return old instanceof NotInEncoding ? { why: 'not-utf8' } : old
}

const enough = 200
const typeName = '"resourceType"'

async function seenAs(
  file: StreamedFile,
  encoding: TextEncodingName,
  watched: WatchedReading,
): Promise<TextSeen | NotInEncoding> {
  let start = ''
  let tail = ''
  let saysType = false
  try {
    for await (const piece of textPieces(file, encoding, watched)) {
      if (start.length < enough) start = (start + piece).trimStart().slice(0, enough)
      if (saysType) continue
      saysType = (tail + piece).includes(typeName)
      tail = piece.slice(-typeName.length)
    }
    return { encoding, start, saysType }
  } catch (error) {
    if (error instanceof NotInEncoding) return error
    throw error
  }
}

async function startOf(file: StreamedFile): Promise<Uint8Array> {
  let start = new Uint8Array()
  for await (const bytes of bytesOfFile(file)) {
    start = new Uint8Array([...start, ...bytes.subarray(0, 64)])
    if (start.length >= 64) break
  }
  return start.subarray(0, 64)
}

/** By its mark, or because every other byte of the beginning is nothing, as in Latin letters. */
function utf16Of(start: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = start
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const nothings = (from: 0 | 1) => start.filter((byte, at) => at % 2 === from && byte === 0).length
  const most = start.length / 4
  if (most < 1) return undefined
  if (nothings(1) > most && nothings(0) === 0) return 'utf-16le'
  return nothings(0) > most && nothings(1) === 0 ? 'utf-16be' : undefined
}

/** How many letters beyond ASCII are written as UTF-8 has them, how many bytes are not, and whether some are of no letter. */
type Letters = { sound: number; odd: number; never: boolean }

/** Not if it also has letters as UTF-8 writes them: then it is two files in one. */
const isWindows1252 = ({ sound, odd, never }: Letters): boolean => !never && odd > 0 && sound === 0

/** Bytes without a character in Windows-1252 (bestfit1252, unicode.org). */
const neverUsed: ReadonlySet<number> = new Set([0, 0x81, 0x8d, 0x8f, 0x90, 0x9d])

async function lettersIn(file: StreamedFile, watched: WatchedReading): Promise<Letters> {
  const letters: Letters = { sound: 0, odd: 0, never: false }
  let rest = new Uint8Array()
  for await (const bytes of bytesOfFile(file, watched)) {
    const all = rest.length > 0 ? new Uint8Array([...rest, ...bytes]) : bytes
    rest = all.slice(count(all, letters, false))
  }
  count(rest, letters, true)
  return letters
}

/** Where counting stopped: before a letter whose end is in the next part. */
function count(bytes: Uint8Array, letters: Letters, isEnd: boolean): number {
  let at = 0
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    letters.never ||= neverUsed.has(byte)
    if (byte < 0x80) continue
    const more = followers(byte)
    if (!isEnd && at + more >= bytes.length) return at
    if (isSound(bytes, at, more)) {
      letters.sound += 1
      at += more
    } else letters.odd += 1
  }
  return at
}

const isSound = (bytes: Uint8Array, at: number, more: number): boolean =>
  more > 0 &&
  bytes.length >= at + 1 + more &&
  bytes.subarray(at + 1, at + 1 + more).every((each) => each >= 0x80 && each < 0xc0)

function followers(byte: number): number {
  if (byte >= 0xc2 && byte < 0xe0) return 1
  if (byte >= 0xe0 && byte < 0xf0) return 2
  return byte >= 0xf0 && byte < 0xf5 ? 3 : 0
}
