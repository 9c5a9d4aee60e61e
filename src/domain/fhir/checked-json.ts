import type { OperationOutcome, Parameters, Resource } from '@medplum/fhirtypes'
import * as v from 'valibot'

type Shape = v.GenericSchema

/** What came in from outside, if it has this shape; undefined for anything else. */
export function checked<S extends Shape>(shape: S, value: unknown): v.InferOutput<S> | undefined {
  const read = v.safeParse(shape, value)
  return read.success ? read.output : undefined
}

/** The same of a text of JSON; undefined also for what is no JSON, and for no text. */
export const checkedJson = <S extends Shape>(shape: S, text: string | null | undefined) =>
  checked(v.pipe(v.string(), v.parseJson(), shape), text)

/** Whether this says of itself that it is a FHIR resource; what is in it is checked where it is read. */
export const isResource = (value: unknown): value is Resource =>
  typeof (value as Partial<Resource> | null)?.resourceType === 'string'

const resourceShape = <T extends Resource>(type: T['resourceType']) =>
  v.custom<T>((value) => isResource(value) && value.resourceType === type)

export const parametersShape = resourceShape<Parameters>('Parameters')
export const outcomeShape = resourceShape<OperationOutcome>('OperationOutcome')
