import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes'
import { breather } from '#api/breather.ts'
import { FhirProblem } from '#api/problem.ts'
import { readJson } from '#api/rest/read-json.ts'
import { mapReferences, namesOfEntry } from '#api/rest/references.ts'
import { sha256Hex } from '#api/sha256.ts'
import type { Difference } from '#domain/import/differences.ts'
import { idInUrl } from '#domain/import/people-in.ts'

/** One record on its way in: where it stood in the source, and why it cannot be kept, when it cannot. */
export type Item = {
  readonly index: number
  readonly entry: BundleEntry
  resource?: Resource & { id: string }
  reason?: string | undefined
  /** it is here already and is left as it stands */
  stays?: boolean
  /** the condition on which a row of a list begins a person; asked again when it is kept */
  ifNone?: string
  /** a row of a list about somebody who is here: under which id, and what the record says otherwise */
  known?: Readonly<{ id: string; differences: readonly Difference[] }>
  /** id of the person whom it is about, who is another here */
  someoneElse?: string
}

/** What was sent in one call. A transaction is one unit: all of it is kept or nothing. */
export type Chunk = Readonly<{ items: readonly Item[]; oneUnit: boolean }>

/** A Bundle (transaction, batch, collection, searchset), or a single record. */
export async function itemsOfJson(text: string): Promise<Chunk> {
  const body = (await readJson(text)) as Partial<Bundle> | null
  if (body?.resourceType !== 'Bundle') return await chunkOf([{ resource: body as Resource }], false)
  const taken = ['transaction', 'batch', 'collection', 'searchset']
  if (!taken.includes(body.type ?? '')) {
    throw new FhirProblem(422, 'not-supported', `A bundle of type ${body.type} is not taken in`)
  }
  const entries = (body.entry ?? []).filter((each) => each.search?.mode !== 'outcome')
  return await chunkOf(entries, body.type === 'transaction')
}

/** As many as a Bundle may have entries. */
const mostLines = 50_000

/** One record a line; a line that is not JSON is refused by itself. */
export async function itemsOfLines(text: string): Promise<Chunk> {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (lines.length > mostLines)
    throw new FhirProblem(413, 'too-long', `Send at most ${mostLines} lines at once`)
  const breathe = breather()
  const entries: BundleEntry[] = []
  for (const line of lines) {
    entries.push(await entryOfLine(line))
    await breathe()
  }
  return await chunkOf(entries, false)
}

async function entryOfLine(line: string): Promise<BundleEntry> {
  try {
    return { resource: (await readJson(line)) as Resource }
  } catch {
    return {}
  }
}

async function chunkOf(entries: readonly BundleEntry[], oneUnit: boolean): Promise<Chunk> {
  const breathe = breather()
  const items: Item[] = []
  const names = new Map<string, string>()
  for (const [index, entry] of entries.entries()) {
    await breathe()
    const item = itemOf(entry, index)
    items.push(item)
    if (!item.resource) continue
    for (const name of namesOfEntry(entry)) {
      names.set(name, `${item.resource.resourceType}/${item.resource.id}`)
    }
  }
  for (const item of items) {
    await breathe()
    if (item.resource) item.resource = mapReferences(item.resource, (name) => names.get(name))
  }
  return { items, oneUnit }
}

function itemOf(entry: BundleEntry, index: number): Item {
  const { resource } = entry
  if (typeof resource !== 'object' || resource === null || !('resourceType' in resource)) {
    return { index, entry, reason: 'This is not a FHIR record' }
  }
  if (entry.request?.method === 'DELETE') {
    return { index, entry, reason: 'An import deletes nothing' }
  }
  const id = resource.id ?? idInUrl(entry.fullUrl) ?? idOfContent(resource)
  return { index, entry, resource: { ...resource, id } }
}

/** A record without any id gets one from its content, so that a second run finds it again. */
function idOfContent(resource: Resource): string {
  return `i-${sha256Hex(JSON.stringify(resource)).slice(0, 32)}`
}
