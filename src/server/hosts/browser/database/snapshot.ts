import * as v from 'valibot'
import { checked } from '#domain/fhir/checked-json.ts'

/** The shipped database folder: a first start opens it instead of building a database from nothing. */
export type SnapshotManifest = Readonly<v.InferOutput<typeof manifestShape>>
const manifestShape = v.object({
  ...{ version: v.string(), bytes: v.number(), people: v.number(), madeOn: v.string() },
})

type Progress = (progress: { loaded: number; total: number }) => void

export async function snapshotManifest(): Promise<SnapshotManifest | undefined> {
  try {
    const response = await fetch('/demo/manifest.json', { cache: 'no-cache' })
    if (!response.ok || !response.headers.get('content-type')?.includes('json')) return undefined
    return checked(manifestShape, await response.json())
  } catch {
    return undefined
  }
}

/** Downloads the snapshot, reporting progress; rejects if it is incomplete or not what the manifest says. */
export async function downloadSnapshot(
  manifest: SnapshotManifest,
  progress: Progress,
): Promise<Blob> {
  const response = await fetch(`/demo/snapshot.bin?version=${manifest.version}`)
  if (!response.ok || !response.body)
    throw new Error(`The snapshot did not load (${response.status})`)
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let loaded = 0
  const reader = response.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    chunks.push(value)
    loaded += value.byteLength
    progress({ loaded, total: manifest.bytes })
  }
  if (loaded !== manifest.bytes) throw new Error('Only part of the snapshot was loaded')
  return new Blob(chunks, { type: 'application/x-gzip' })
}
