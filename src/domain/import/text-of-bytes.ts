export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** A file's text, and how it was written; or why it cannot be read without losing characters. */
export type TextOfBytes =
  | Readonly<{ text: string; encoding: TextEncodingName }>
  | Readonly<{ why: 'not-utf8' | 'cut-in-character' }>

/**
 * Reads bytes by what they are: UTF-8 or UTF-16 (with a byte order mark, or recognised without one), otherwise
 * Windows-1252, as older British exports write it. A file in two encodings, or with bytes that none of them has, is not
 * read: characters would be lost.
 */
export function textOfBytes(sent: ArrayBuffer | Uint8Array): TextOfBytes {
  const bytes = sent instanceof Uint8Array ? sent : new Uint8Array(sent)
  const wide = utf16Of(bytes)
  if (wide) return decoded(bytes, wide) ?? { why: 'cut-in-character' }
  const text = decoded(bytes, 'utf-8')
  if (text) return text
  if (isCutInCharacter(bytes)) return { why: 'cut-in-character' }
  return isWindows1252(bytes) ? (decoded(bytes, 'windows-1252') ?? unread) : unread
}

const unread = { why: 'not-utf8' } as const

function decoded(bytes: Uint8Array, encoding: TextEncodingName) {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding }
  } catch {
    return undefined
  }
}

/** By its mark, or because every other byte of the beginning is nothing, as in Latin letters. */
function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const start = bytes.subarray(0, 64)
  const nothings = (from: 0 | 1) => start.filter((byte, at) => at % 2 === from && byte === 0).length
  const most = start.length / 4
  if (most < 1) return undefined
  if (nothings(1) > most && nothings(0) === 0) return 'utf-16le'
  return nothings(0) > most && nothings(1) === 0 ? 'utf-16be' : undefined
}

/** Sound UTF-8 but for its last character: the file ends in the middle of it. */
function isCutInCharacter(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    // one lone letter at the end is more likely an accent of Windows-1252
    return utf8Letters(bytes).sound > 0
  } catch {
    return false
  }
}

/** Not if it also has letters as UTF-8 writes them: then it is two files in one. */
function isWindows1252(bytes: Uint8Array): boolean {
  if (bytes.some((byte) => neverUsed.has(byte) || byte === 0)) return false
  const { sound, odd } = utf8Letters(bytes)
  return odd > 0 && sound === 0
}

/** Bytes without a character in Windows-1252 (bestfit1252, unicode.org). */
const neverUsed: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d])

/** How many letters beyond ASCII are written as UTF-8 has them, and how many bytes are not. */
function utf8Letters(bytes: Uint8Array): Readonly<{ sound: number; odd: number }> {
  let [sound, odd] = [0, 0]
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte < 0x80) continue
    const more = followers(byte)
    const isSound =
      more > 0 &&
      bytes.length >= at + 1 + more &&
      bytes.subarray(at + 1, at + 1 + more).every((each) => each >= 0x80 && each < 0xc0)
    if (isSound) {
      sound += 1
      at += more
    } else odd += 1
  }
  return { sound, odd }
}

function followers(byte: number): number {
  if (byte >= 0xc2 && byte < 0xe0) return 1
  if (byte >= 0xe0 && byte < 0xf0) return 2
  return byte >= 0xf0 && byte < 0xf5 ? 3 : 0
}
