import { type Codec, ParameterFault } from '#domain/fhir/parameters.ts'
import { FhirProblem } from '#server/problem.ts'
import type { OperationCall } from './operation.ts'

/** What the caller of an operation asks for. Throws 400 for impossible values. */
export function askedParameters<T>({ body }: Pick<OperationCall, 'body'>, codec: Codec<T>): T {
  try {
    return codec.read(body)
  } catch (cause) {
    if (cause instanceof ParameterFault) throw new FhirProblem(400, 'invalid', cause.message)
    throw cause
  }
}
