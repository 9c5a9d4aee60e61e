import type { BundleEntry, Resource } from '@medplum/fhirtypes'
import * as v from 'valibot'
import type { Scope } from '#domain/access/scope.ts'
import { exactJson, readExactly } from '#domain/decimal/digits.ts'
import { checked, isResource } from '#domain/fhir/checked-json.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { Store, StoredVersion } from '#server/store/store.ts'
import type { BaselineStart } from './backup-baseline.ts'
import { removeOtherBaselines, type StoredBackup, storeBackup } from './backup-store.ts'

const pageSize = 500
const everyone: Scope = { people: { kind: 'all' } }

/**
 * Stores what has been written since the shipped population, or a whole backup in its place, was opened: every version,
 * oldest first, one FHIR bundle entry a line, gzipped. Replayed in this order the version numbers are the same, so that
 * an agreement still names the version of the plan that was agreed.
 */
export async function makeBrowserBackup(
  store: Store,
  since: string,
  begun: BaselineStart | undefined,
): Promise<StoredBackup> {
  const lines = await linesOfChanges(store, begun?.since ?? since)
  const stream = new Blob([lines.join('\n')]).stream().pipeThrough(new CompressionStream('gzip'))
  const content = await new Response(stream).blob()
  const backup = {
    madeOn: new Date().toISOString(),
    records: lines.length,
    content,
    ...(begun ? { ground: begun.sum } : {}),
  }
  await storeBackup(backup)
  await removeOtherBaselines(begun?.sum)
  return backup
}

export async function linesOfChanges(store: Store, since: string): Promise<readonly string[]> {
  return (await changesSince(store, since)).map((stored) => exactJson(entryOf(stored)))
}

async function changesSince(store: Store, since: string): Promise<readonly StoredVersion[]> {
  const found: StoredVersion[] = []
  for (;;) {
    const page = { since, count: pageSize, offset: found.length }
    const { entries } = await store.history(page, everyone)
    found.push(...entries)
    if (entries.length < pageSize) return found.reverse()
  }
}

function entryOf(stored: StoredVersion): BundleEntry {
  const url = `${stored.type}/${stored.id}`
  if (!stored.resource) return { request: { method: 'DELETE', url } }
  return { resource: stored.resource, request: { method: 'PUT', url } }
}

/** A whole backup (a tar) rather than changes, gzipped or unpacked. */
export async function isWhole(content: Blob): Promise<boolean> {
  const [first] = new Uint8Array(await content.slice(0, 1).arrayBuffer())
  return first !== 0x1f && first !== 0x7b
}

/** Writes a backup's versions again, in order. Rejects if the file is not a backup; returns how many it wrote. */
export async function replayChanges(store: Store, content: Blob): Promise<number> {
  const lines = (await textOf(content)).split('\n').filter(Boolean)
  const entries = lines.map(entryOfLine)
  await store.transaction(async (within) => {
    for (const entry of entries) await replay(within, entry)
  })
  return entries.length
}

/** Reads what `entryOf` wrote; the user may have chosen any other file. */
const entryShape = v.object({
  request: v.object({ method: v.picklist(['PUT', 'DELETE']), url: v.string() }),
  resource: v.exactOptional(v.custom<Resource>(isResource)),
})
type Entry = v.InferOutput<typeof entryShape>

const noBackup = () => new Error('This file is not a backup of Gable')

function entryOfLine(line: string): Entry {
  const entry = checked(entryShape, readJsonLine(line))
  if (!entry) throw noBackup()
  return entry
}

function readJsonLine(line: string): unknown {
  try {
    return readExactly(line)
  } catch {
    throw noBackup()
  }
}

async function replay(store: Store, { request, resource }: Entry): Promise<void> {
  const [type, id] = request.url.split('/')
  if (!type || !id) throw noBackup()
  if (request.method === 'DELETE') {
    await store.remove(type, id, 'anything')
    return
  }
  if (!resource) throw noBackup()
  const written: ResourceWithId = { ...resource, id }
  await store.write({ resource: written, expect: 'anything' })
}

/** A backup as it was stored (gzip) or as somebody unpacked it. */
async function textOf(content: Blob): Promise<string> {
  const [first, second] = new Uint8Array(await content.slice(0, 2).arrayBuffer())
  const isGzip = first === 0x1f && second === 0x8b
  if (!isGzip) return await content.text()
  return await new Response(content.stream().pipeThrough(new DecompressionStream('gzip'))).text()
}
