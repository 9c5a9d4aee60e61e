import type { Patient } from '@medplum/fhirtypes'
import { referenceTarget } from '#domain/fhir/reference-target.ts'
import type { RequestContext } from '#server/http/request-context.ts'

/** Where a Patient is registered, each as a relative reference. */
export function registeredIn(patient: Patient | undefined): readonly string[] {
  const references = [...(patient?.generalPractitioner ?? []), patient?.managingOrganization]
  const targets = references.flatMap((each) => referenceTarget(each?.reference ?? '') ?? [])
  return [...new Set(targets.map(({ type, id }) => `${type}/${id}`))]
}

/**
 * With the practice of each role: somebody registered with a role is registered where the role is. For a role that is
 * not here yet, nobody knows where that is.
 */
export async function withPractices(
  { service }: RequestContext,
  registered: readonly string[],
): Promise<readonly string[]> {
  const roles = registered.filter((each) => each.startsWith(roleIs))
  if (roles.length === 0) return registered
  const { rows } = await service.sql.query<{ id: string; org: string | null }>(
    `select id, content->'organization'->>'reference' as org from resource
     where rt = 'PractitionerRole' and id = any($1::text[]) and content is not null`,
    [roles.map((each) => each.slice(roleIs.length))],
  )
  const practiceOf = new Map(rows.map(({ id, org }) => [`${roleIs}${id}`, org]))
  const practices = roles.flatMap((each) =>
    practiceOf.has(each) ? (practiceOf.get(each) ?? []) : [`Organization/of ${each}`],
  )
  return [...new Set([...registered, ...practices])]
}

const roleIs = 'PractitionerRole/'

/** The organisation that brought a person in. */
export async function custodianOf(
  { service }: RequestContext,
  person: string,
): Promise<string | undefined> {
  const { rows } = await service.sql.query<{ org: string | null }>(
    `select org from resource where rt = 'Patient' and id = $1`,
    [person],
  )
  const org = rows[0]?.org
  return org ? `Organization/${org}` : undefined
}

/** The practices where a person is registered; if there are none, the organisation that brought the person in. */
export async function registeredWith(
  context: RequestContext,
  person: string,
): Promise<readonly string[]> {
  const stored = await context.store.read('Patient', person, context.accessScope.scope)
  const patient = stored?.resource?.resourceType === 'Patient' ? stored.resource : undefined
  const registered = await withPractices(context, registeredIn(patient))
  if (registered.some((each) => each.startsWith('Organization/'))) return registered
  const custodian = await custodianOf(context, person)
  return custodian ? [...registered, custodian] : registered
}
