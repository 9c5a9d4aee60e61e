import { contentType } from '#server/http/negotiate-json.ts'
import { FhirProblem } from '#server/problem.ts'

const taken = ['application/hl7-v2', 'x-application/hl7-v2+er7', 'text/plain']
const largest = 1024 * 1024

/** Names of HL7 table 0211 that we can read; a message that names none is read as UTF-8, which includes ASCII. */
const encodings: Readonly<Record<string, string>> = {
  '': 'utf-8',
  ASCII: 'utf-8',
  'UNICODE UTF-8': 'utf-8',
  'UTF-8': 'utf-8',
  '8859/1': 'iso-8859-1',
  '8859/15': 'iso-8859-15',
}

/** A body that is not text in the encoding it names. */
export class UnreadableText extends Error {}

/** The message as text. 415 for another format, 413 when it is too large; throws `UnreadableText`. */
export async function messageBody(request: Request): Promise<string> {
  if (!taken.includes(contentType(request))) {
    throw new FhirProblem(415, 'not-supported', `Send a message as one of ${taken.join(', ')}`)
  }
  const tooLarge = new FhirProblem(413, 'too-long', 'A message must not be larger than 1 MB')
  if (Number(request.headers.get('content-length') ?? 0) > largest) throw tooLarge
  const bytes = new Uint8Array(await request.arrayBuffer())
  if (bytes.byteLength > largest) throw tooLarge
  return decoded(bytes, charsetOf(request))
}

function charsetOf(request: Request): string {
  const named = /charset="?([^";\s]+)/i.exec(request.headers.get('content-type') ?? '')?.[1] ?? ''
  return named.toLowerCase()
}

/** MSH-18 has priority over the charset of the header, which proxies write. */
function decoded(bytes: Uint8Array, charset: string): string {
  const head = new TextDecoder('iso-8859-1').decode(bytes.slice(0, 4_000))
  const line = /MSH[^\r\n]*/.exec(head)?.[0] ?? ''
  const fields = line.split(line[3] ?? '|')
  const named = fields[17]?.split(/[~^]/)[0]?.trim() ?? ''
  const encoding = named === '' && charset !== '' ? charset : encodings[named.toUpperCase()]
  if (!encoding) throw new UnreadableText(`The character set ${named} in MSH-18 is not supported`)
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new UnreadableText(
      'The text does not match its character set: name the right one in MSH-18',
    )
  }
}
