import { bytesOfFile, type StreamedFile, type WatchedReading } from './streamed-file.ts'

export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** What the readers work off in a few milliseconds. */
const pieceBytes = 16_384

/** How long reading may hold the thread before a screen gets its turn, in milliseconds. */
const longestHold = 12

/** The bytes are not in this encoding, or the file ends in the middle of a character. */
export class NotInEncoding extends Error {}

/** The text of a file in small pieces, with a pause for the screen wherever reading has taken long. */
export async function* textPieces(
  file: StreamedFile,
  encoding: TextEncodingName,
  watched: WatchedReading = {},
): AsyncGenerator<string> {
  const decode = strictDecoder(encoding)
  let since = performance.now()
  for await (const bytes of bytesOfFile(file, watched)) {
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      const text = decode(bytes.subarray(at, at + pieceBytes))
      if (text !== '') yield text
      if (performance.now() - since < longestHold) continue
      await new Promise((resolve) => setTimeout(resolve))
      since = performance.now()
    }
  }
  const last = decode()
  if (last !== '') yield last
}

function strictDecoder(encoding: TextEncodingName): (bytes?: Uint8Array) => string {
  const decoder = new TextDecoder(encoding, { fatal: true })
  return (bytes) => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
    } catch (cause) {
      throw new NotInEncoding(bytes ? 'another encoding' : 'cut', { cause })
    }
  }
}

/** The whole text: for what cannot be read in parts. */
export async function wholeText(
  file: StreamedFile,
  encoding: TextEncodingName,
  watched: WatchedReading = {},
): Promise<string> {
  const pieces: string[] = []
  for await (const piece of textPieces(file, encoding, watched)) pieces.push(piece)
  return pieces.join('')
}

/** A line without its end; `isOpen`: the file stops in it. */
export type TextLine = Readonly<{ text: string; isOpen: boolean }>

/** The lines of a file that are not blank. */
export async function* linesOfFile(
  file: StreamedFile,
  watched: WatchedReading = {},
): AsyncGenerator<TextLine> {
  let begun: string[] = []
  for await (const piece of textPieces(file, 'utf-8', watched)) {
    const [first = '', ...others] = piece.split('\n')
    begun.push(first)
    for (const other of others) {
      const text = begun.join('')
      begun = [other]
      if (text.trim() !== '') yield { text, isOpen: false }
    }
  }
  const text = begun.join('')
  if (text.trim() !== '') yield { text, isOpen: true }
}
