import type { Consent, ConsentProvision, Resource } from '@medplum/fhirtypes'
import type { AccessLabel } from '#domain/access/labels/access-label.ts'
import { type Clock, dayIn } from '#domain/calendar/zone.ts'
import { consentedLabelsFor, opensRooms } from '#domain/consent/consent.ts'
import { type ShareChange, shareChange } from '#domain/consent/share-change.ts'
import { endOfShare } from '#domain/consent/shares.ts'
import { nameInWords } from '#domain/person/shown-name.ts'
import type { ProvenanceEntry } from '#server/audit/provenance.ts'
import { opensRecords } from '#server/store/access/care-relationships.ts'
import type { Sql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { careRolesIn, referencesToPeople } from './care-roles-in.ts'

/** Somebody who is shown some parts of the record, those parts, and until when. */
export type PartsShown = Readonly<{ name: string; parts: readonly AccessLabel[]; until?: string }>

/** Somebody with whom other parts are shared than before, or until another day. */
export type ShareChanged = ShareChange & Readonly<{ name: string }>

/** What one request changed about who sees one person: who gained and who lost access, by name, and by which records. */
export type AccessChange = Readonly<{
  person: string
  /** who sees the record now, as far as their work goes */
  gained: readonly string[]
  /** with whom the person shares some parts of it now */
  shown: readonly PartsShown[]
  /** with whom more or less is shared than before, or for another time */
  changed: readonly ShareChanged[]
  lost: readonly string[]
  /** each record, with its version, that names somebody who gained or lost access */
  by: readonly ProvenanceEntry[]
}>

type Step = Readonly<{
  authored: ProvenanceEntry
  /** a share that goes on: what it said before */
  stood?: Consent
  before: readonly string[]
  after: readonly string[]
}>

/**
 * Compares the access that the records gave before and give now; somebody who can see the person through other records
 * neither gained nor lost it.
 */
export async function accessChanges(
  sql: Sql,
  authored: readonly ProvenanceEntry[],
  clock: Clock,
): Promise<readonly AccessChange[]> {
  const begun = new Set(authored.flatMap(beginsPerson))
  const telling = authored.filter(
    ({ person, resource: { resourceType: type } }) =>
      person && person !== '*' && !begun.has(person) && (opensRecords(type) || type === 'Consent'),
  )
  if (telling.length === 0) return []
  const steps = await stepsOf(sql, telling, clock)
  const changes: AccessChange[] = []
  for (const [person, some] of Map.groupBy(steps, (step) => step.authored.person ?? '')) {
    const change = await changeFor(sql, { person, steps: some, ...clock })
    if (change) changes.push(change)
  }
  return changes
}

/** For a new record there is nobody to tell: everybody with access is new. */
const beginsPerson = ({ resource, act }: ProvenanceEntry): readonly string[] =>
  resource.resourceType === 'Patient' && act === 'C' ? [resource.id] : []

async function stepsOf(
  sql: Sql,
  authored: readonly ProvenanceEntry[],
  clock: Clock,
): Promise<readonly Step[]> {
  const before = await versionsBefore(sql, authored)
  return authored
    .map((each) => stepOf(each, before.get(nameOf(each)) ?? undefined, clock))
    .filter(({ before: was, after: is, stood }) => was.join() !== is.join() || stood)
}

function stepOf(authored: ProvenanceEntry, was: Resource | undefined, clock: Clock): Step {
  const { act, resource } = authored
  if (act === 'D') return { authored, before: letIn(resource, clock), after: [] }
  const step = { authored, before: letIn(was, clock), after: letIn(resource, clock) }
  // a share that goes on with the same people may show them more, or less
  const goesOn = was?.resourceType === 'Consent' && step.before.length > 0
  return { ...step, ...(goesOn ? { stood: was } : {}) }
}

const nameOf = ({ resource, version }: ProvenanceEntry) =>
  `${resource.resourceType}/${resource.id}/${version - 1}`

async function versionsBefore(sql: Sql, authored: readonly ProvenanceEntry[]) {
  const names = authored.filter(({ version }) => version > 1).map(nameOf)
  if (names.length === 0) return new Map<string, Resource | null>()
  const { rows } = await sql.query<{ name: string; content: Resource | string | null }>(
    `select h.rt || '/' || h.id || '/' || h.vid as name, h.content from history h
     where (h.rt, h.id, h.vid) in (
       select split_part(n, '/', 1), split_part(n, '/', 2), split_part(n, '/', 3)::integer from unnest($1::text[]) n)`,
    [names],
  )
  return new Map(rows.map(({ name, content }) => [name, storedRecord<Resource | null>(content)]))
}

function letIn(resource: Resource | undefined, clock: Clock): readonly string[] {
  if (!resource) return []
  if (resource.resourceType === 'Consent') return opensRooms(resource) ? actorsOf(resource) : []
  return [...new Set(careRolesIn(resource, clock).map(({ to }) => to))].toSorted()
}

function actorsOf({ provision }: Consent): readonly string[] {
  const all = (one: ConsentProvision): readonly string[] => [
    ...(one.actor ?? []).flatMap(({ reference }) => reference.reference ?? []),
    ...(one.provision ?? []).flatMap(all),
  ]
  return provision ? [...new Set(all(provision))].toSorted() : []
}

type Changing = Readonly<{ person: string; steps: readonly Step[] } & Clock>

async function changeFor(
  sql: Sql,
  { person, steps, now, zone }: Changing,
): Promise<AccessChange | undefined> {
  const before = new Set(steps.flatMap((step) => step.before))
  const after = new Set(steps.flatMap((step) => step.after))
  const still = await byOtherRecords(sql, { person, steps, now, zone })
  const without = (some: ReadonlySet<string>, others: ReadonlySet<string>) =>
    [...some].filter((each) => !others.has(each) && !still.has(each)).toSorted()
  const [gained, lost] = [without(after, before), without(before, after)]
  const day = dayIn(zone, now)
  const different = steps.flatMap((step) => sharesChanged(step, day))
  if (gained.length + lost.length + different.length === 0) return undefined
  const concerned = [...gained, ...lost, ...different.map(({ reference }) => reference)]
  const names = await namesOf(sql, concerned, day)
  const named = (some: readonly string[]) => some.map((each) => names.get(each) ?? each)
  const moved = (step: Step) =>
    different.some(({ by }) => by === step.authored) ||
    [...step.before, ...step.after].some((each) => gained.includes(each) || lost.includes(each))
  const by = steps.filter(moved).map((step) => step.authored)
  const shown = gained.flatMap((each): PartsShown[] => {
    const { parts, until } = partsFor(each, steps, day)
    const end = until ? { until } : {}
    return parts.length > 0 ? [{ name: names.get(each) ?? each, parts, ...end }] : []
  })
  // a share that begins later, or shares nothing, shows nothing now
  const whole = gained.filter((each) => !isClose(each))
  if (whole.length + shown.length + lost.length + different.length === 0) return undefined
  const changed = different.map(({ reference, change }) => ({
    ...{ ...change, name: names.get(reference) ?? reference },
  }))
  return { person, gained: named(whole), shown, changed, lost: named(lost), by }
}

const isClose = (reference: string) => reference.startsWith('RelatedPerson/')

/** What the consents of this request share with somebody close, and nothing more. */
function partsFor(
  reference: string,
  steps: readonly Step[],
  day: string,
): Readonly<{ parts: readonly AccessLabel[]; until?: string | undefined }> {
  if (!isClose(reference)) return { parts: [] }
  const consents = steps.flatMap(({ authored: { resource, act } }) =>
    resource.resourceType === 'Consent' && act !== 'D' ? [resource] : [],
  )
  const parts = consentedLabelsFor(consents, reference, day).read
  return { parts, until: endOfShare(consents, reference) }
}

/** Of a share that goes on with the same people: what is different for each of them. */
function sharesChanged({ authored, stood, before, after }: Step, day: string) {
  const { resource } = authored
  if (!stood || resource.resourceType !== 'Consent') return []
  const still = before.filter((each) => isClose(each) && after.includes(each))
  return still.flatMap((reference) => {
    const change = shareChange({ before: stood, after: resource, reference, day })
    return change ? [{ reference, change, by: authored }] : []
  })
}

async function byOtherRecords(
  sql: Sql,
  { person, steps, now }: Changing,
): Promise<ReadonlySet<string>> {
  type Row = Readonly<Record<'org' | 'agent' | 'role', string | null>>
  const names = steps.map(({ authored: { resource } }) => `${resource.resourceType}/${resource.id}`)
  const { rows } = await sql.query<Row>(
    `select distinct l.org, l.agent, l.role from relation l
     where l.person = $1 and l.kind not in ('sealed', 'glass') and (l.until is null or l.until > $2)
       and not exists (
         select 1 from resource r where r.rid = l.source_rid and l.kind <> 'custodian'
           and r.rt || '/' || r.id = any($3::text[]))`,
    [person, now, names],
  )
  return new Set(rows.flatMap(referencesToPeople))
}

type Known = Readonly<{ name: string; content: Resource | string }>

async function namesOf(
  sql: Sql,
  references: readonly string[],
  today: string,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql.query<Known>(
    `select r.rt || '/' || r.id as name, r.content from resource r
     where r.content is not null and (r.rt, r.id) in (
       select split_part(n, '/', 1), split_part(n, '/', 2) from unnest($1::text[]) n)`,
    [references],
  )
  return new Map(
    rows.map(({ name, content }) => [
      name,
      calledIn(storedRecord<Resource>(content), today) || name,
    ]),
  )
}

function calledIn(resource: Resource, today: string): string {
  if (resource.resourceType === 'Organization') return resource.name ?? ''
  if (resource.resourceType === 'PractitionerRole') return resource.practitioner?.display ?? ''
  const isPerson =
    resource.resourceType === 'Practitioner' || resource.resourceType === 'RelatedPerson'
  return isPerson ? nameInWords(resource.name, today) : ''
}
