import { fhir } from '#client/fhir/fhir-client.ts'
import { type Difference, withValue } from '#domain/import/differences.ts'

/** Copies what a list says about a person who is here into the record; the earlier value is kept as a previous one. */
export async function saveKnownPersonValue(person: string, difference: Difference): Promise<void> {
  await fhir.update(withValue(await fhir.read('Patient', person), difference))
}
