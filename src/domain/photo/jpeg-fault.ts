/** The most that a picture may have, in bytes. */
export const largestPhoto = 200 * 1024

export type JpegFault = 'not-jpeg' | 'too-large' | 'has-metadata'

type Part = Readonly<{ marker: number; from: number; to: number }>

const startOfScan = 0xda

/** The part that begins here; undefined if none does. */
function partAt(bytes: Uint8Array, from: number): Part | undefined {
  const [mark, marker = 0, high = 0, low = 0] = bytes.subarray(from, from + 4)
  if (mark !== 0xff || marker < 0xc0) return undefined
  if (marker === startOfScan) return { marker, from, to: bytes.length }
  const to = from + 2 + high * 256 + low
  return to < from + 4 || to > bytes.length ? undefined : { marker, from, to }
}

/** The parts of a picture, the last one with the picture itself; undefined if the bytes are no JPEG. */
function partsOf(bytes: Uint8Array): readonly Part[] | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined
  const parts: Part[] = []
  for (let part = partAt(bytes, 2); part; part = partAt(bytes, part.to)) {
    parts.push(part)
    if (part.marker === startOfScan) return parts
  }
  return undefined
}

/** Where and when a picture was taken, and with what: application data but the one that says it is a JPEG, and comments. */
const isMetadata = ({ marker }: Part) => (marker > 0xe0 && marker <= 0xef) || marker === 0xfe

/** A picture ends where its last mark is: what comes after it is something else. */
function endsAsJpeg(bytes: Uint8Array): boolean {
  return bytes.at(-2) === 0xff && bytes.at(-1) === 0xd9
}

/** What is wrong with a picture, by its bytes and not by what somebody calls it. */
export function jpegFault(bytes: Uint8Array): JpegFault | undefined {
  if (bytes.length > largestPhoto) return 'too-large'
  const parts = partsOf(bytes)
  const hasPicture = parts?.some(({ marker }) => marker >= 0xc0 && marker <= 0xc2)
  if (!parts || !hasPicture || !endsAsJpeg(bytes)) return 'not-jpeg'
  return parts.some(isMetadata) ? 'has-metadata' : undefined
}

/** The same picture without what says where, when and with what it was taken. Bytes that are no JPEG stay as they are. */
export function withoutMetadata(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const parts = partsOf(bytes)
  if (!parts) return Uint8Array.from(bytes)
  const kept = parts.filter((each) => !isMetadata(each))
  const whole = [0xff, 0xd8, ...kept.flatMap(({ from, to }) => [...bytes.subarray(from, to)])]
  return Uint8Array.from(whole)
}
