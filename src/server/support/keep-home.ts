import type { Organization, Patient, Resource } from '@medplum/fhirtypes'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { whoFrom } from '#domain/fhir/references-and-extensions.ts'
import { careHomeFault, homePlaceIn } from '#domain/home/care-home.ts'
import { homePlaceFault } from '#domain/home/home-place.ts'
import { isCareHome } from '#domain/home/is-care-home.ts'
import { numbersChangedIn, withNumbersChanged } from '#domain/home/numbers-changed.ts'
import { agentOf } from '#server/audit/audit-log.ts'
import { registeredIn } from '#server/authorization/registration/registered-with.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

/** A care home has a name; a person lives in one, and in one that is here. */
export async function mustBeHome(
  context: RequestContext,
  resource: Resource,
  before: Resource | undefined,
): Promise<void> {
  const fault = careHomeFault(resource) ?? homePlaceFault(resource)
  if (fault) throw problem(fault, resource)
  mustKeepItsNumbers(context, resource, before)
  if (resource.resourceType !== 'Patient') return
  await mustBePractice(context, resource, before)
  const place = homePlaceIn(resource)
  if (!place || (before?.resourceType === 'Patient' && homePlaceIn(before) === place)) return
  if (!(await isHomeHere(context, place)))
    throw problem('There is no such care home here', resource)
}

async function isHomeHere(
  { pendingWrites, service }: RequestContext,
  id: string,
): Promise<boolean> {
  const found =
    pendingWrites.get(`Organization/${id}`) ??
    (await service.store.read('Organization', id, everyone))?.resource
  return found !== undefined && isCareHome(found)
}

/** Who is registered with an organisation is seen by its staff: a home is where somebody lives, and opens nothing. */
async function mustBePractice(
  context: RequestContext,
  patient: Patient,
  before: Resource | undefined,
): Promise<void> {
  const known = before?.resourceType === 'Patient' ? registeredIn(before) : []
  for (const each of registeredIn(patient).filter((one) => !known.includes(one))) {
    const [type, id = ''] = each.split('/')
    if (type === 'Organization' && (await isHomeHere(context, id)))
      throw new FhirProblem(422, 'business-rule', 'A care home is no practice', {
        expression: 'Patient.generalPractitioner',
      })
  }
}

/** Who changed its numbers last is the service’s to say, never the sender’s. */
export function keepHome<R extends Resource>(
  { actor, now }: RequestContext,
  resource: R,
  stood: Resource | undefined,
): R {
  if (resource.resourceType !== 'Organization' || !isCareHome(resource)) return resource
  const before = stood?.resourceType === 'Organization' ? stood : undefined
  const isSame = before
    ? !changedElements(before, resource).includes('telecom')
    : !resource.telecom?.length
  const reference = agentOf(actor)
  const me = whoFrom({ ...(reference ? { reference } : {}), display: actor.name })
  const said = isSame ? numbersChangedIn(before) : me && { by: me, at: now.toISOString() }
  return withNumbersChanged(resource, said) as R
}

/** A care home with the number of another organisation would be taken for it: only an administrator gives numbers. */
function mustKeepItsNumbers(
  { actor }: RequestContext,
  resource: Resource,
  before: Resource | undefined,
): void {
  if (resource.resourceType !== 'Organization' || actor.role === 'admin') return
  if (!isCareHome(resource) && !(before?.resourceType === 'Organization' && isCareHome(before)))
    return
  const isNew = before === undefined && (resource.identifier ?? []).length > 0
  if (isNew || (before && changedElements(before, resource).includes('identifier')))
    throw forbidden('Only an administrator gives an organisation its identifiers')
}

const problem = (fault: string, { resourceType }: Resource) =>
  new FhirProblem(422, 'business-rule', fault, {
    expression: resourceType === 'Patient' ? 'Patient.contact' : 'Organization.name',
  })

/** The record of the home in which the person lives, if it has one of its own. */
export async function homesOf(
  sql: ReadingSql,
  patient: Patient | undefined,
): Promise<readonly Organization[]> {
  const place = patient && homePlaceIn(patient)
  if (!place) return []
  const { rows } = await sql.query<{ id: string; content: unknown }>(
    `select id, content from resource where rt = 'Organization' and id = $1 and content is not null`,
    [place],
  )
  return rows.map(({ id, content }) => ({ ...(storedRecord(content) as Organization), id }))
}
