/** The most that a picture may have, in bytes. */
export const largestPhoto = 200 * 1024

export type JpegFault = 'not-jpeg' | 'too-large' | 'has-metadata'

type Part = Readonly<{ marker: number; from: number; to: number }>

const startOfScan = 0xda
const endOfImage = 0xd9

/** The marks that a picture needs: frames, tables and scans; then application data and comments, which are looked at. */
const known = [0xc0, 0xc1, 0xc2, 0xc4, startOfScan, 0xdb, 0xdd, 0xfe]
const isKnown = (marker: number) => known.includes(marker) || (marker >= 0xe0 && marker <= 0xef)

/** The part that begins here; undefined if none does. */
function partAt(bytes: Uint8Array, from: number): Part | undefined {
  const [mark, marker = 0, high = 0, low = 0] = bytes.subarray(from, from + 4)
  if (mark !== 0xff) return undefined
  if (marker === endOfImage) return { marker, from, to: from + 2 }
  const to = from + 2 + high * 256 + low
  if (!isKnown(marker) || to < from + 4 || to > bytes.length) return undefined
  return { marker, from, to: marker === startOfScan ? endOfScan(bytes, to) : to }
}

/** Where the next mark is: in a scan, 0xff is followed by nothing or by the number of a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    const next = bytes[at + 1] ?? 0
    const isPicture = next === 0 || (next >= 0xd0 && next <= 0xd7)
    if (bytes[at] === 0xff && !isPicture) return at
  }
  return bytes.length
}

/**
 * The parts of a picture up to its end; undefined if the bytes are no JPEG, or if anything follows it: a second picture
 * behind the first one could say where it was taken.
 */
function partsOf(bytes: Uint8Array): readonly Part[] | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined
  const parts: Part[] = []
  for (let part = partAt(bytes, 2); part; part = partAt(bytes, part.to)) {
    parts.push(part)
    if (part.marker === endOfImage) return part.to === bytes.length ? parts : undefined
  }
  return undefined
}

/** Says only that this is a JPEG; the size of the small picture in it, which may show what was cut off, is nought. */
const plainBeginning = [0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0]

function isPlainBeginning(bytes: Uint8Array, { from, to }: Part): boolean {
  const isSame = plainBeginning.every((each, at) => bytes[from + at] === each)
  return isSame && bytes[to - 2] === 0 && bytes[to - 1] === 0
}

/** Where and when a picture was taken, and with what; comments; a smaller picture of it. */
function isMetadata(bytes: Uint8Array, part: Part): boolean {
  if (part.marker === 0xe0) return !isPlainBeginning(bytes, part)
  return part.marker === 0xfe || (part.marker > 0xe0 && part.marker <= 0xef)
}

/** What is wrong with a picture, by its bytes and not by what somebody calls it. */
export function jpegFault(bytes: Uint8Array): JpegFault | undefined {
  if (bytes.length > largestPhoto) return 'too-large'
  const parts = partsOf(bytes)
  const hasPicture = parts?.some(({ marker }) => marker >= 0xc0 && marker <= 0xc2)
  if (!parts || !hasPicture || !parts.some(({ marker }) => marker === startOfScan))
    return 'not-jpeg'
  return parts.some((each) => isMetadata(bytes, each)) ? 'has-metadata' : undefined
}

/** The same picture without what says where, when and with what it was taken. Bytes that are no JPEG stay as they are. */
export function withoutMetadata(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const parts = partsOf(bytes)
  if (!parts) return Uint8Array.from(bytes)
  const kept = parts.filter((each) => !isMetadata(bytes, each))
  const whole = [0xff, 0xd8, ...kept.flatMap(({ from, to }) => [...bytes.subarray(from, to)])]
  return Uint8Array.from(whole)
}
