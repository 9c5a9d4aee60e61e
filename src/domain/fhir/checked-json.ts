import type { OperationOutcome, Parameters, Resource } from '@medplum/fhirtypes'
import * as v from 'valibot'

type Shape = v.GenericSchema

/** A value from outside, if it has this shape; undefined for anything else. */
export function checked<S extends Shape>(shape: S, value: unknown): v.InferOutput<S> | undefined {
  const read = v.safeParse(shape, value)
  return read.success ? read.output : undefined
}

/** The same for a JSON text; undefined also for text that is not JSON, and for no text. */
export const checkedJson = <S extends Shape>(shape: S, text: string | null | undefined) =>
  checked(v.pipe(v.string(), v.parseJson(), shape), text)

/** Whether a value says that it is a FHIR resource; its content is checked where it is read. */
export const isResource = (value: unknown): value is Resource =>
  typeof (value as Partial<Resource> | null)?.resourceType === 'string'

const resourceShape = <T extends Resource>(type: T['resourceType']) =>
  v.custom<T>((value) => isResource(value) && value.resourceType === type)

export const parametersShape = resourceShape<Parameters>('Parameters')
export const outcomeShape = resourceShape<OperationOutcome>('OperationOutcome')
