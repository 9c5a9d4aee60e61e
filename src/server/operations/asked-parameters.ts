import { type Codec, ParameterFault } from '#domain/fhir/parameters.ts'
import { FhirProblem } from '#server/problem.ts'
import type { OperationCall } from './operation.ts'

/** What the caller of an operation asks for. Throws 400 for impossible values. */
export function askedParameters<T>({ body }: Pick<OperationCall, 'body'>, codec: Codec<T>): T {
  // the database stores none, and would fail on one
  if (holdsNull(body)) throw new FhirProblem(400, 'invalid', 'A parameter holds a null character')
  try {
    return codec.read(body)
  } catch (cause) {
    if (cause instanceof ParameterFault) throw new FhirProblem(400, 'invalid', cause.message)
    throw cause
  }
}

function holdsNull(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0')
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsNull)
}
