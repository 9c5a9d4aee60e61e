import type { Patient } from '@medplum/fhirtypes'
import type { Visit } from '#api/rest/visit.ts'
import { referenceTarget } from '#domain/access/reference-target.ts'

/** With whom a Patient says that she is registered, each as a relative reference. */
export function registeredIn(patient: Patient | undefined): readonly string[] {
  const references = [...(patient?.generalPractitioner ?? []), patient?.managingOrganization]
  const targets = references.flatMap((each) => referenceTarget(each?.reference ?? '') ?? [])
  return [...new Set(targets.map(({ type, id }) => `${type}/${id}`))]
}

/** The organisation that brought a person in. */
export async function custodianOf({ service }: Visit, person: string): Promise<string | undefined> {
  const { rows } = await service.sql.query<{ org: string | null }>(
    `select org from resource where rt = 'Patient' and id = $1`,
    [person],
  )
  const org = rows[0]?.org
  return org ? `Organization/${org}` : undefined
}

/** The practices that a person is registered with; who brought her in, while there are none. */
export async function registeredWith(visit: Visit, person: string): Promise<readonly string[]> {
  const kept = await visit.store.read('Patient', person, visit.reach.scope)
  const patient = kept?.resource?.resourceType === 'Patient' ? kept.resource : undefined
  const registered = registeredIn(patient)
  if (registered.some((each) => each.startsWith('Organization/'))) return registered
  const custodian = await custodianOf(visit, person)
  return custodian ? [...registered, custodian] : registered
}
