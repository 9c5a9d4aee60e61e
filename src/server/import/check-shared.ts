import { referenceTarget } from '#domain/fhir/reference-target.ts'
import { isCareHome } from '#domain/home/is-care-home.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import type { Fine } from './items.ts'
import { standingRecords } from './standing-records.ts'

/**
 * What many people’s pages and cards read from one record is changed by an administrator’s file only: when a practice
 * that is here answers its telephone, and by which number a care home is known.
 */
export async function checkShared(
  { actor, service }: RequestContext,
  items: readonly Fine[],
): Promise<void> {
  if (actor.role === 'admin') return
  const coming = items.filter(({ stays }) => !stays)
  const provided = coming.flatMap((item) => {
    const { resource } = item
    const target =
      resource.resourceType === 'HealthcareService' &&
      referenceTarget(resource.providedBy?.reference ?? '')
    return target ? [{ item, by: `Organization/${target.id}`, id: target.id }] : []
  })
  const here = await standingRecords(
    service.sql,
    provided.map(({ id }) => ({ resourceType: 'Organization', id })),
  )
  for (const { item, by } of provided)
    if (here.has(by))
      item.reason = `An administrator records what services ${by} has, and when they answer. That cannot be imported`
  for (const item of coming)
    if (isNumberedHome(item.resource))
      item.reason =
        'Only an administrator gives a care home its identifiers. They cannot be imported'
}

const isNumberedHome = (resource: Fine['resource']) =>
  resource.resourceType === 'Organization' &&
  isCareHome(resource) &&
  (resource.identifier ?? []).length > 0
