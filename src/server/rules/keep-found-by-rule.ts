import type { EpisodeOfCare, Extension, Resource } from '@medplum/fhirtypes'
import { dayIn } from '#domain/calendar/zone.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { foundByExtensions, foundByRuleUrl } from '#domain/rule/found-by-rule.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { runningRules } from '#server/operations/rules/rule-versions-of.ts'

const decisions = ['active', 'cancelled']

/**
 * A decision to take somebody on, or not now, keeps which rules had found them, each in the version that ran. The
 * service alone writes it: what was sent is replaced, and what stands stays.
 */
export async function keepFoundByRule(
  context: RequestContext,
  resource: ResourceWithId,
  { person, before }: Readonly<{ person: string | undefined; before: Resource | undefined }>,
): Promise<ResourceWithId> {
  if (resource.resourceType !== 'EpisodeOfCare') return resource
  const stood = before?.resourceType === 'EpisodeOfCare' ? before : undefined
  const isDecided = decisions.includes(resource.status) && isNewStatus(stood, resource.status)
  const found = isDecided ? await foundNow(context, person) : foundIn(stood?.extension)
  const sent = resource.extension ?? []
  const extension = [...sent.filter(({ url }) => url !== foundByRuleUrl), ...found]
  if (extension.length === 0 && sent.length === 0) return resource
  const { extension: _sent, ...rest } = resource
  return extension.length > 0 ? { ...rest, extension } : rest
}

const foundIn = (extension: readonly Extension[] = []) =>
  extension.filter(({ url }) => url === foundByRuleUrl)

/** A pause and its end are no new decision. */
const isNewStatus = (stood: EpisodeOfCare | undefined, status: string) =>
  stood?.status !== status && stood?.status !== 'onhold'

async function foundNow(
  { actor, service, now, zone }: RequestContext,
  person: string | undefined,
): Promise<readonly Extension[]> {
  if (!actor.organisation || !person) return []
  const { rows } = await service.sql.query<{ rules: readonly string[] }>(
    `select rules from person_row where person = $1 and rules <> '{}'`,
    [person],
  )
  const [row] = rows
  if (!row) return []
  const running = await runningRules(service.sql, actor.organisation, dayIn(zone, now))
  return foundByExtensions(running.filter(({ rule }) => row.rules.includes(rule)))
}
