import type { CarePlan, Resource } from '@medplum/fhirtypes'
import { accessLabelOf } from '#domain/access/labels/access-label.ts'
import { agreedContent, isPartOf, tellsOfChange } from '#domain/plan/agreed-content.ts'
import { isEnded, isPlan } from '#domain/plan/fhir.ts'
import { livingPlan } from '#domain/plan/living-plan.ts'
import { carriedAnswer } from '#server/agreement/answer/carried-answer.ts'
import type { ProvenanceEntry } from '#server/audit/provenance.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import type { Sql } from '#server/store/sql.ts'
import type { WriteRequest } from '#server/store/store.ts'
import { progressTold, type Told, toldOf } from './told-changes.ts'

type Plan = Readonly<{
  content: CarePlan & { id: string }
  version: number
  person: string
  brought: boolean
  /** no case is open, and the house of the person is drawn from this plan */
  isLivedBy: boolean
}>

/**
 * The version of a plan is what a person agrees to. If something that a plan says was changed without writing the plan
 * itself, the service writes the plan again: an agreement to the version before no longer covers it, whichever way the
 * change came. Unless the writer has already reported the change in our own terms, that is written too. Returns the
 * plans as they will be, and what is to be written: the caller has more to write, and one statement for all holds the
 * locks for less time.
 */
export async function advancePlanVersions(
  context: RequestContext,
  authored: readonly ProvenanceEntry[],
): Promise<Moved> {
  const { changed, moved } = await changedContent(context, authored)
  const progress = progressTold(context, moved, authored)
  if (changed.length === 0) return { ...nothing, writes: progress }
  const written = new Set(authored.map(({ resource }) => `${resource.resourceType}/${resource.id}`))
  const isWritten = ({ plan }: Moving) => written.has(`CarePlan/${plan.content.id}`)
  const told = (await plansOf(context, changed)).flatMap((plan) => {
    const by = changed.filter((each) => isChangeOf(plan, each))
    return by.length > 0 ? [{ plan, by }] : []
  })
  const made = new Map(told.map((each) => [versionMade(each, isWritten(each)), namesOf(each)]))
  const moving = told.filter((each) => !isWritten(each))
  const carried = await carriedAnswers(context, told, isWritten)
  if (moving.length === 0) return { ...nothing, writes: [...progress, ...carried], made }
  const plans = moving.map(
    ({ plan }): ProvenanceEntry => ({
      ...{ resource: plan.content, version: plan.version + 1, act: 'U' },
      ...{ person: plan.person, room: accessLabelOf(plan.content) },
    }),
  )
  const isTold = authored.some(({ resource }) => tellsOfChange(resource))
  const touched = moving.map(({ plan }) => touch(plan))
  const news = isTold ? [] : moving.flatMap((each) => newsOf(context, each))
  return { plans, writes: [...touched, ...news, ...progress, ...carried], made }
}

type Moved = Readonly<{
  plans: readonly ProvenanceEntry[]
  writes: readonly WriteRequest[]
  /** for each version of a plan made by this request: the versions of the records that made it */
  made: ReadonlyMap<string, readonly string[]>
}>
const nothing: Moved = { plans: [], writes: [], made: new Map() }

/** The row of a plan that the request wrote itself is at its new version already. */
const versionMade = ({ plan }: Moving, isWritten: boolean) =>
  `CarePlan/${plan.content.id}/_history/${plan.version + (isWritten ? 0 : 1)}`

/** What the person wrote themselves needs no yes from them. */
async function carriedAnswers(
  context: RequestContext,
  told: readonly Moving[],
  isWritten: (moving: Moving) => boolean,
): Promise<readonly WriteRequest[]> {
  const carried: WriteRequest[] = []
  for (const moving of told) {
    const { content, person, version } = moving.plan
    const made = { content, person, version: version + (isWritten(moving) ? 0 : 1) }
    carried.push(...(await carriedAnswer(context, made, moving.by)))
  }
  return carried
}

const newsOf = (context: RequestContext, moving: Moving) =>
  toldOf(context, moving.plan.person, moving.by, versionMade(moving, false))

const namesOf = ({ by }: Moving) =>
  by.map(({ resource, version }) => `${resource.resourceType}/${resource.id}/_history/${version}`)

const isChangeOf = (
  { content, person, isLivedBy }: Plan,
  { person: whose, resource, stood }: Told,
) =>
  person === whose &&
  [resource, stood].some((each) => each !== undefined && isPartOf(content, each, isLivedBy))

/** What differs, after this request, in what people have agreed to; and the other parts of a plan that were written. */
async function changedContent(
  context: RequestContext,
  authored: readonly ProvenanceEntry[],
): Promise<Readonly<{ changed: readonly Told[]; moved: readonly Told[] }>> {
  const changed: Told[] = []
  const moved: Told[] = []
  for (const each of authored) {
    const { person, act, resource } = each
    if (!person) continue
    const existing = await earlierVersion(context, each)
    const before = agreedContent(existing)
    const after = act === 'D' ? '' : agreedContent(resource)
    const list = before === after ? moved : changed
    list.push({ ...each, person, stood: existing })
  }
  return { changed, moved }
}

async function earlierVersion(
  context: RequestContext,
  each: ProvenanceEntry,
): Promise<Resource | undefined> {
  const { act, resource, version, before } = each
  if (act === 'C') return undefined
  if (act === 'D') return resource
  if (before || agreedContent(resource) === '') return before
  const { resourceType, id } = resource
  return (await context.service.store.readVersion(resourceType, id, version - 1, everyone))
    ?.resource
}

/** Locked until the end: nobody records an answer to them, or writes them, meanwhile. */
async function plansOf(
  { service }: RequestContext,
  changed: readonly Told[],
): Promise<readonly Plan[]> {
  const people = [...new Set(changed.map((each) => each.person))]
  const { rows } = await service.sql.query<{
    id: string
    vid: number
    person: string
    brought: boolean
    ts: Date | string
    content: CarePlan
  }>(
    `select id, vid, person, brought, ts, content from resource
      where rt = 'CarePlan' and person = any($1::text[]) and content is not null order by rid for update`,
    [people],
  )
  const all = rows.map(({ content, ...row }) => ({ ...row, content: { ...content, id: row.id } }))
  const plans = all
    .filter(({ content }) => isPlan(content) && !isEnded(content))
    .map(({ vid, person, brought, content }) => ({
      ...{ version: vid, person, brought, content, isLivedBy: false },
    }))
  const depends = plans.some((plan) => changed.some((each) => mayDepend(plan, each)))
  if (!depends) return plans
  const lived = await livedWithoutCase(service.sql, all)
  return plans.map((plan) => ({ ...plan, isLivedBy: lived.has(plan.content.id) }))
}

/** Most plans name a case, or the record itself: only for the others it matters whether they are in use. */
const mayDepend = (plan: Plan, each: Told) =>
  !isChangeOf(plan, each) && isChangeOf({ ...plan, isLivedBy: true }, each)

type StoredPlan = Readonly<{
  person: string
  ts: Date | string
  content: CarePlan & { id: string }
}>

/**
 * Of the plans without an open case, the one that every reader sees as current; one without goals is a draft, even if
 * somebody agreed to it.
 */
async function livedWithoutCase(
  sql: Sql,
  plans: readonly StoredPlan[],
): Promise<ReadonlySet<string>> {
  if (plans.length === 0) return new Set()
  const byPerson = Map.groupBy(plans, ({ person }) => person)
  const { rows } = await sql.query<{ person: string }>(
    `select distinct person from resource where rt = 'EpisodeOfCare' and person = any($1::text[])
      and content->>'status' in ('active', 'onhold')`,
    [[...byPerson.keys()]],
  )
  const inCase = new Set(rows.map(({ person }) => person))
  const lived = [...byPerson].map(([person, some]) =>
    inCase.has(person) ? undefined : livingPlan(some.map(asRead), undefined),
  )
  return new Set(lived.flatMap((each) => (each?.id && each.goal?.length ? each.id : [])))
}

/** As a reader gets it, with the day on which it was last written. */
const asRead = ({ content, ts }: StoredPlan): CarePlan => ({
  ...content,
  meta: { ...content.meta, lastUpdated: new Date(ts).toISOString() },
})

/** The same content as a new version; what an import brought stays replaceable by that import. */
const touch = ({ content, person, brought }: Plan): WriteRequest => ({
  ...{ resource: content, person, expect: brought ? 'brought' : 'anything' },
})

type Moving = Readonly<{ plan: Plan; by: readonly Told[] }>
