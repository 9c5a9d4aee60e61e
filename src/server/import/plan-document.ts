import type { Reference, Resource } from '@medplum/fhirtypes'
import { agreementFromFhir, answerIn } from '#domain/agreement/fhir.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { promiseDeedKindOf } from '#domain/goal/promise-deed-kind.ts'
import { goalObservationCode } from '#domain/goal/said/goal-observation.ts'
import { isOfPlanDocument } from '#domain/plan/document/is-of-plan-document.ts'
import { isSuggestedChange } from '#domain/suggestion/is-suggested-change.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { recordOwnerOf } from '#server/store/access/record-owner.ts'
import type { Sql } from '#server/store/sql.ts'
import type { Item } from './items.ts'
import { nameOf, standingRecords } from './standing-records.ts'

/**
 * A whole plan of Gable, as a document. An administrator, who could restore a backup with the same effect, imports it
 * as it was written if none of it is here, nor any other plan of the person: with who said what, who agreed to which
 * version, and those versions. In every other case, and for whatever else is in the file, the rules for any other file
 * hold, and what is here already, word for word, stays.
 */
export async function settlePlanDocument(
  { actor, service }: RequestContext,
  items: readonly Item[],
): Promise<void> {
  const ofPlan = items.filter((item) => item.ofPlan && item.resource)
  if (ofPlan.length === 0) return
  const isNew = !(await isPartlyHere(service.sql, ofPlan))
  if (!isNew || actor.role !== 'admin') return await keepWhatStands(service.sql, ofPlan)
  const plans = new Set(ofPlan.flatMap(({ resource }) => resource && nameOf(resource)))
  for (const item of ofPlan)
    item.asWritten = item.resource !== undefined && belongs(item.resource, plans)
}

/** Nothing that only lies beside a plan, such as a share or an answer to another plan, is taken as it was written. */
function belongs(resource: ResourceWithId, inFile: ReadonlySet<string | undefined>): boolean {
  if (alsoElsewhere.includes(resource.resourceType)) return true
  if (!isOfPlanDocument(resource)) return false
  if (isSaidAbout(resource)) return namesOnly(resource, inFile)
  if (resource.resourceType !== 'Provenance' || !answerIn(resource)) return true
  return inFile.has(`CarePlan/${agreementFromFhir(resource)?.planId}`)
}

const isSaidAbout = (resource: ResourceWithId): boolean =>
  resource.resourceType === 'Task'
    ? isSuggestedChange(resource)
    : goalObservationCode(resource) !== undefined ||
      (resource.resourceType === 'Communication' && promiseDeedKindOf(resource) !== undefined)

/** What counts only here if it is said here comes with the goal or promise that it is about, or with the plan. */
function namesOnly(resource: ResourceWithId, inFile: ReadonlySet<string | undefined>): boolean {
  const { focus, about } = resource as { focus?: Reference | Reference[]; about?: Reference[] }
  const names = [focus ?? about ?? []].flat().map(({ reference }) => reference)
  const plans = [...inFile].filter((name) => name?.startsWith('CarePlan/'))
  return names.length > 0 ? names.every((name) => inFile.has(name)) : plans.length > 0
}

/** They may be here without the plan: people and places belong to more than one. */
const alsoElsewhere: readonly string[] = [
  'Patient',
  'RelatedPerson',
  'Practitioner',
  'Organization',
]

async function isPartlyHere(sql: Sql, items: readonly Item[]): Promise<boolean> {
  const own = items.flatMap(({ resource }) =>
    resource && !alsoElsewhere.includes(resource.resourceType) ? [resource] : [],
  )
  const people = new Set(own.flatMap((each) => recordOwnerOf(each) ?? []))
  const { rows } = await sql.query(
    `(select 1 from resource where (rt, id) in (select * from unnest($1::text[], $2::text[])) limit 1)
     union all (select 1 from resource where rt = 'CarePlan' and person = any($3::text[]) limit 1)`,
    [own.map(({ resourceType }) => resourceType), own.map(({ id }) => id), [...people]],
  )
  return rows.length > 0
}

/** What is here with the same content, answers among it, need not be imported. */
async function keepWhatStands(sql: Sql, items: readonly Item[]): Promise<void> {
  const standing = await standingRecords(
    sql,
    items.flatMap(({ resource }) => resource ?? []),
  )
  for (const item of items) {
    const here = item.resource && standing.get(nameOf(item.resource))
    if (here && item.resource && contentOf(here) === contentOf(item.resource)) item.stays = true
  }
}

/** Without version and time, whatever the order of the keys. */
function contentOf(resource: Resource): string {
  const { versionId: _version, lastUpdated: _stored, ...meta } = resource.meta ?? {}
  const { meta: _meta, ...rest } = resource
  const whole = Object.keys(meta).length > 0 ? { ...rest, meta } : rest
  return JSON.stringify(whole, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}

/** The version under which a record of a plan that is imported as it was written begins. */
export function beginningVersion({ asWritten, resource }: Item): number | undefined {
  const version = resource?.meta?.versionId ?? ''
  return asWritten && /^[1-9]\d{0,5}$/.test(version) ? Number(version) : undefined
}
