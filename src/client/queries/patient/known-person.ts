import { fhir } from '#client/fhir/fhir-client.ts'
import { type Difference, withValue } from '#domain/import/differences.ts'

/** Puts what a list says of somebody who is here onto the record; the value before is kept as a former one. */
export async function saveKnownPersonValue(person: string, difference: Difference): Promise<void> {
  await fhir.update(withValue(await fhir.read('Patient', person), difference))
}
