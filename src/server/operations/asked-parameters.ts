import { longestAnswerWords } from '#domain/fhir/longest-words.ts'
import { type Codec, ParameterFault } from '#domain/fhir/parameters.ts'
import { FhirProblem } from '#server/problem.ts'
import { tooManyWords } from '#server/validation/short-words.ts'
import type { OperationCall } from './operation.ts'

type Way = Readonly<{
  /** the most characters of a text, if it is no words of somebody */
  longest?: number
}>

/** What the caller of an operation asks for. Throws 400 for impossible values, and 422 for words without end. */
export function askedParameters<T>(
  { body }: Pick<OperationCall, 'body'>,
  codec: Codec<T>,
  { longest = longestAnswerWords }: Way = {},
): T {
  // the database stores none, and would fail on one
  if (textsIn(body).some((text) => text.includes('\0')))
    throw new FhirProblem(400, 'invalid', 'A parameter holds a null character')
  const long = body?.resourceType === 'Parameters' ? saidTexts(body.parameter) : []
  const [tooLong] = long.filter((text) => text.length > longest)
  if (tooLong !== undefined) throw tooManyWords(tooLong, longest)
  try {
    return codec.read(body)
  } catch (cause) {
    if (cause instanceof ParameterFault) throw new FhirProblem(400, 'invalid', cause.message)
    throw cause
  }
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** Texts of parameters themselves: not of records in them, which have rules of their own. */
function saidTexts(parts: unknown): readonly string[] {
  if (!Array.isArray(parts)) return []
  return parts.flatMap((each: { valueString?: unknown; part?: unknown } | null) => [
    ...(typeof each?.valueString === 'string' ? [each.valueString] : []),
    ...saidTexts(each?.part),
  ])
}
