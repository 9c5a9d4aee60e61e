import * as v from 'valibot'
import { checked, checkedJson } from '#domain/fhir/checked-json.ts'
import { BackupFault, type TarEntry, type TarSource } from './tar.ts'

const fileShape = v.object({
  ...{ name: v.string(), lines: v.number(), bytes: v.number(), sha256: v.string() },
})
export type FileNote = Readonly<v.InferOutput<typeof fileShape>>

const markShape = v.looseObject({ format: v.literal('gable-backup'), version: v.number() })
const manifestShape = v.object({
  ...markShape.entries,
  /** instant */
  madeAt: v.string(),
  /** versions of records, including deletions, by type, and hospital messages */
  counts: v.record(v.string(), v.number()),
  trail: v.object({
    ...{ entries: v.number(), blocks: v.number() },
    head: v.nullable(v.object({ number: v.number(), hash: v.string() })),
  }),
  files: v.array(fileShape),
  sum: v.string(),
})
/** What a backup says it contains. `sum` is over everything before it. */
export type Manifest = Readonly<v.InferOutput<typeof manifestShape>>

const manifestName = 'manifest.json'
/** 2: with hospital messages, which version 1 does not have; 3: with when somebody last looked at a plan; 4: with saved
 * lists; 5: with lines of activity and cost; 6: with rules. */
const newest = 6

export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

const textOf = (value: object) => `${JSON.stringify(value, null, 2)}\n`
const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(new TextEncoder().encode(text))

export async function manifestEntry(
  said: Omit<Manifest, 'format' | 'version' | 'sum'>,
): Promise<{ entry: TarEntry; manifest: Manifest }> {
  const { madeAt, counts, trail, files } = said
  const body = { format: 'gable-backup' as const, version: newest, madeAt, counts, trail, files }
  const manifest = { ...body, sum: await sha256(bytesOf(textOf(body))) }
  return { entry: { name: manifestName, bytes: bytesOf(textOf(manifest)) }, manifest }
}

async function readManifest(bytes: Uint8Array<ArrayBuffer>): Promise<Manifest> {
  const text = new TextDecoder().decode(bytes)
  const said = checkedJson(v.unknown(), text)
  if (said === undefined) throw changed()
  const { version } = checked(markShape, said) ?? {}
  if (version === undefined) throw fault('is not the manifest of a Gable backup')
  if (version > newest)
    throw fault(`has format ${version}: this version of Gable reads up to format ${newest}`)
  // as it was written, otherwise its checksum differs
  if (!v.is(manifestShape, said)) throw changed()
  const { sum, ...body } = said
  const isSound = text === textOf(said) && sum === (await sha256(bytesOf(textOf(body))))
  if (!isSound) throw changed()
  return said
}

const changed = () => fault('was changed after the backup was made')
const fault = (why: string) => new BackupFault(`${manifestName} ${why}`)

type Sum = Readonly<{ bytes: number; sha256: string }>

/**
 * Reads a backup to its end. Throws `BackupFault`, naming the file, if any byte is not as it was when the backup was
 * made.
 */
export async function checkBackup(source: TarSource): Promise<Manifest> {
  const { found, manifestBytes } = await readThrough(source)
  if (!manifestBytes) throw new BackupFault(`${manifestName} is missing: the backup is incomplete`)
  const manifest = await readManifest(manifestBytes)
  for (const file of manifest.files) {
    mustBe(file, found.get(file.name))
    found.delete(file.name)
  }
  const [more] = found.keys()
  if (more) throw new BackupFault(`${more} does not belong to this backup`)
  return manifest
}

async function readThrough(source: TarSource) {
  const found = new Map<string, Sum>()
  let manifestBytes: Uint8Array<ArrayBuffer> | undefined
  for await (const { name, bytes } of source()) {
    if (found.has(name) || (name === manifestName && manifestBytes))
      throw new BackupFault(`${name} is in the backup twice`)
    if (name === manifestName) manifestBytes = bytes
    else found.set(name, { bytes: bytes.length, sha256: await sha256(bytes) })
  }
  return { found, manifestBytes }
}

function mustBe(file: FileNote, there: Sum | undefined): void {
  if (!there) throw new BackupFault(`${file.name} is missing`)
  if (there.bytes !== file.bytes || there.sha256 !== file.sha256)
    throw new BackupFault(`${file.name} is not the same as when the backup was made`)
}
