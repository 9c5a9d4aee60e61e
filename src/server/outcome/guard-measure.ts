import type { Resource } from '@medplum/fhirtypes'
import { measureFromFhir } from '#domain/outcome/measure-fhir.ts'
import { forbidden } from '#server/problem.ts'

/** A measure that was put to the partners: who agreed to it stands in it. */
export const isPutToPartners = (resource: Resource | undefined): boolean =>
  resource?.resourceType === 'Measure' && measureFromFhir(resource) !== undefined

/** What partners agree to is written by their answers alone. Throws 403. */
export function mustNotBePutToPartners(resource: Resource, before: Resource | undefined): void {
  if (!isPutToPartners(resource) && !isPutToPartners(before)) return
  throw forbidden('Measures change through $propose-measure and $agree-measure')
}

/** What was agreed stays. Throws 403. */
export function mustStayOfMeasures(stored: Resource): void {
  if (isPutToPartners(stored))
    throw forbidden('A measure is not deleted. Ask the partners to drop it')
}
