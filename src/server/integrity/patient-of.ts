import type { Patient } from '@medplum/fhirtypes'
import type { RequestContext } from '#server/http/request-context.ts'
import { everyone } from '#server/store/access/access-scope.ts'

/** What a call writes, and what is kept. */
type Here = Pick<RequestContext, 'pendingWrites'> &
  Readonly<{ service: Pick<RequestContext['service'], 'store'> }>

/** The record of a person as this call leaves it: what it writes itself counts before what is kept. */
export async function patientOf(
  { service, pendingWrites: coming }: Here,
  person: string,
): Promise<Patient | undefined> {
  const here = coming.get(`Patient/${person}`)
  if (here?.resourceType === 'Patient') return here
  const kept = await service.store.read('Patient', person, everyone)
  return kept?.resource as Patient | undefined
}
