import type { Resource } from '@medplum/fhirtypes'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { isCareHome } from '#domain/home/is-care-home.ts'
import { registeredIn } from '#server/authorization/registration/registered-with.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { keepHome } from './keep-home.ts'

type Item = { resource: ResourceWithId; reason?: string | undefined }

/**
 * A file registers nobody in a care home, whose staff would see the person then, and does not say who changed a home’s
 * numbers.
 */
export async function checkHomes(context: RequestContext, items: readonly Item[]): Promise<void> {
  const known = new Map<string, boolean>()
  for (const item of items) {
    const { resource } = item
    if (resource.resourceType !== 'Organization' || !isCareHome(resource)) continue
    known.set(`Organization/${resource.id}`, true)
    item.resource = keepHome(context, resource, await stored(context, resource.id))
  }
  for (const item of items)
    if (await isInHome(context, item.resource, known)) item.reason = 'A care home is no practice'
}

/** `known`: what has been found out about an organisation, by reference. */
async function isInHome(
  context: RequestContext,
  resource: Resource,
  known: Map<string, boolean>,
): Promise<boolean> {
  if (resource.resourceType !== 'Patient') return false
  for (const each of registeredIn(resource)) {
    const isHome = known.get(each) ?? (await isHomeStored(context, each))
    known.set(each, isHome)
    if (isHome) return true
  }
  return false
}

async function isHomeStored(context: RequestContext, reference: string): Promise<boolean> {
  const [type, id = ''] = reference.split('/')
  const found = type === 'Organization' ? await stored(context, id) : undefined
  return found !== undefined && isCareHome(found)
}

const stored = async ({ service }: RequestContext, id: string) =>
  (await service.store.read('Organization', id, everyone))?.resource
