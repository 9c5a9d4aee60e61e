import type { Patient } from '@medplum/fhirtypes'
import type { RequestContext } from '#server/http/request-context.ts'
import { everyone } from '#server/store/access/access-scope.ts'

/** What a request writes, and what is stored. */
type Here = Pick<RequestContext, 'pendingWrites'> &
  Readonly<{ service: Pick<RequestContext['service'], 'store'> }>

/** The record of a person as this request leaves it: its own writes count before what is stored. */
export async function patientOf(
  { service, pendingWrites: coming }: Here,
  person: string,
): Promise<Patient | undefined> {
  const here = coming.get(`Patient/${person}`)
  if (here?.resourceType === 'Patient') return here
  const stored = await service.store.read('Patient', person, everyone)
  return stored?.resource as Patient | undefined
}
