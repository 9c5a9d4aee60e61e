import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes'
import { isResource } from '#domain/fhir/checked-json.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { Difference } from '#domain/import/differences.ts'
import { idInUrl } from '#domain/import/people-in.ts'
import { isPlanCover, isPlanDocument } from '#domain/plan/document/plan-document.ts'
import { readJson } from '#server/http/read-json.ts'
import { bundleEntriesOf } from '#server/interactions/bundle-entry.ts'
import { namesOfEntry, resolveReferences } from '#server/interactions/resolve-references.ts'
import { FhirProblem } from '#server/problem.ts'
import { sha256Hex } from '#server/sha256.ts'
import { yieldToEventLoop } from '#server/yield-to-event-loop.ts'

/** One record of an import: where it was in the source, and why it cannot be stored, if so. */
export type Item = {
  readonly index: number
  readonly entry: BundleEntry
  resource?: ResourceWithId
  reason?: string | undefined
  /** it is here already and is not changed */
  stays?: boolean
  /** the condition on which a row of a list starts a person; checked again when it is stored */
  ifNone?: string
  /** a row of a list about somebody who is here: their id, and the differences from the record */
  known?: Readonly<{ id: string; differences: readonly Difference[] }>
  /** id of the person it is about, who is somebody else here */
  someoneElse?: string
  /** it came in a whole plan of Gable */
  ofPlan?: boolean
  /** it is stored as it was written there: in whose words, and in which version */
  asWritten?: boolean
  /** it is stored, with this note */
  note?: string | undefined
}

/** An item that holds a record. */
export type Fine = Omit<Item, 'resource'> & { resource: ResourceWithId }

/** A Bundle of any kind that carries records, or a single record. */
export async function itemsOfJson(text: string): Promise<readonly Item[]> {
  const body = (await readJson(text)) as Partial<Bundle> | null
  if (body?.resourceType !== 'Bundle') return await itemsOf([{ resource: body as Resource }])
  if (!taken.includes(body.type ?? '')) {
    throw new FhirProblem(
      422,
      'not-supported',
      `A bundle of type ${body.type} has no records to import`,
    )
  }
  const entries = bundleEntriesOf(body as Bundle).filter((each) => each?.search?.mode !== 'outcome')
  if (isPlanDocument(body)) return await itemsOfPlan(entries)
  return await itemsOf(body.type === 'history' ? latestOf(entries) : entries)
}

/** Its cover is made again with every document: it is not stored. */
async function itemsOfPlan(entries: readonly (BundleEntry | null)[]): Promise<readonly Item[]> {
  const items = await itemsOf(entries)
  return items
    .filter(({ resource }) => !isPlanCover(resource))
    .map((item) => ({ ...item, ofPlan: true }))
}

/** Bundles that carry records. Responses to batches and transactions carry the records they returned. */
const taken = ['transaction', 'batch', 'collection', 'searchset', 'document', 'message', 'history']

/** As many as a Bundle may have entries. */
const mostLines = 50_000

/** One record a line; a line that is not JSON is refused alone. */
export async function itemsOfLines(text: string): Promise<readonly Item[]> {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (lines.length > mostLines)
    throw new FhirProblem(413, 'too-long', `Send at most ${mostLines} lines at once`)
  const breathe = yieldToEventLoop()
  const entries: (BundleEntry | null)[] = []
  for (const line of lines) {
    entries.push(await entryOfLine(line))
    await breathe()
  }
  const items = await itemsOf(entries)
  return items.map((item) => (entries[item.index] === null ? { ...item, reason: notJson } : item))
}

const notJson =
  'This line is not whole JSON. If it is the last line, the file was cut: get it again and import it once more'

/** null: not JSON. */
async function entryOfLine(line: string): Promise<BundleEntry | null> {
  try {
    return { resource: (await readJson(line)) as Resource }
  } catch {
    return null
  }
}

async function itemsOf(entries: readonly (BundleEntry | null)[]): Promise<readonly Item[]> {
  const breathe = yieldToEventLoop()
  const items: Item[] = []
  const names = new Map<string, string>()
  for (const [index, each] of entries.entries()) {
    await breathe()
    const entry = each ?? {}
    const item = itemOf(entry, index)
    items.push(item)
    if (!item.resource) continue
    for (const name of namesOfEntry(entry)) {
      names.set(name, `${item.resource.resourceType}/${item.resource.id}`)
    }
  }
  if (names.size === 0) return items
  for (const item of items) {
    await breathe()
    if (item.resource) item.resource = resolveReferences(item.resource, (name) => names.get(name))
  }
  return items
}

function itemOf(entry: BundleEntry, index: number): Item {
  const { resource } = entry
  if (entry.request?.method === 'DELETE') {
    return { index, entry, reason: 'An import cannot delete anything' }
  }
  if (!isResource(resource)) return { index, entry, reason: 'This is not a FHIR record' }
  const id = resource.id ?? idInUrl(entry.fullUrl) ?? idOfContent(resource)
  return { index, entry, resource: { ...resource, id } }
}

/** Of a history the latest version of each record; a record that was deleted at its source stays deleted. */
function latestOf(entries: readonly (BundleEntry | null)[]): readonly (BundleEntry | null)[] {
  const latest = new Map<string, BundleEntry>()
  const others: (BundleEntry | null)[] = []
  for (const entry of entries) {
    const { type, id } = nameIn(entry)
    const name = `${type}/${id}`
    const before = latest.get(name)
    if (!entry || !type || !id) others.push(entry)
    else if (!before || saidAt(entry) > saidAt(before)) latest.set(name, entry)
  }
  return [...others, ...latest.values()]
}

function nameIn(entry: BundleEntry | null): { type?: string | undefined; id?: string | undefined } {
  const { resource, request } = entry ?? {}
  if (resource?.id) return { type: resource.resourceType, id: resource.id }
  const [type, id] = (typeof request?.url === 'string' ? request.url : '').split('/')
  return { type, id }
}

/** When a version was made; without a date the first one in a history is the latest. */
const saidAt = ({ resource, response }: BundleEntry): number =>
  Date.parse(resource?.meta?.lastUpdated ?? response?.lastModified ?? '') || 0

/** A record without any id gets one from its content, so that a second run finds it again. */
function idOfContent(resource: Resource): string {
  return `i-${sha256Hex(JSON.stringify(resource)).slice(0, 32)}`
}
