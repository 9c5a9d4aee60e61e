import type { CodeableConcept, Extension, Reference, Resource } from '@medplum/fhirtypes'
import type { EarlierVersion, Voice, Who, WrittenBy } from '#domain/plan/plan.ts'
import { gableCodeSystem, gableUrl } from './codes.ts'
import { referenceTarget } from './reference-target.ts'

export const ownCode = (code: string): CodeableConcept => ({
  coding: [{ system: gableCodeSystem, code }],
})

type Extended = { extension?: Extension[] }

export function extensionOf(record: Extended | undefined, name: string): Extension | undefined {
  return record?.extension?.find((each) => each.url === gableUrl(name))
}

export function extensionsOf(record: Extended, name: string): readonly Extension[] {
  return record.extension?.filter((each) => each.url === gableUrl(name)) ?? []
}

/** The same content, whatever the order of its keys (a database may change it). */
export function hasSameContent(one: unknown, other: unknown): boolean {
  const sorted = (_key: string, value: unknown) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value
  return JSON.stringify(one, sorted) === JSON.stringify(other, sorted)
}

/** The extensions with the ones of this name replaced; all others, and unchanged ones, are kept as they came. */
export function withExtensions(
  record: Extended | undefined,
  replaced: Readonly<Record<string, readonly Omit<Extension, 'url'>[]>>,
): Extended {
  let extension = record?.extension ?? []
  for (const [name, values] of Object.entries(replaced)) {
    const url = gableUrl(name)
    const fresh = values.map((value) => ({ url, ...value }))
    if (
      hasSameContent(
        extension.filter((each) => each.url === url),
        fresh,
      )
    )
      continue
    extension = [...extension.filter((each) => each.url !== url), ...fresh]
  }
  return extension.length > 0 ? { extension } : {}
}

/** References to these ids of one type: existing ones as they came, those of other types untouched. */
export function toReferences<T extends { reference?: string }>(
  type: string,
  ids: readonly string[],
  existing: readonly T[] | undefined,
): (T | { reference: string })[] {
  const wanted = ids.map((id) => `${type}/${id}`)
  const isOurs = (each: T) => each.reference?.startsWith(`${type}/`) ?? false
  const unchanged = (existing ?? []).filter(
    (each) => !isOurs(each) || wanted.includes(each.reference ?? ''),
  )
  const fresh = wanted.filter(
    (reference) => !unchanged.some((each) => each.reference === reference),
  )
  return [...unchanged, ...fresh.map((reference) => ({ reference }))]
}

const voices: Readonly<Record<string, Voice>> = { Patient: 'person', RelatedPerson: 'carer' }

/** Someone named by a reference; undefined if it names nobody. */
export function whoFrom(reference: Reference | undefined): Who | undefined {
  if (!reference?.reference && !reference?.display) return undefined
  const address = reference.reference ?? ''
  const voice = voices[referenceTarget(address)?.type ?? ''] ?? 'professional'
  return { reference: address, name: reference.display ?? '', voice }
}

// biome-ignore lint/suspicious/noExplicitAny: a Reference<any> fits every place that takes some kind of reference
export function referenceTo(who: Who): Reference<any> {
  return { ...given('reference', who.reference), ...given('display', who.name) }
}

export function writtenExtension(
  written: WrittenBy | undefined,
): readonly Omit<Extension, 'url'>[] {
  if (!written) return []
  return [
    {
      extension: [
        { url: 'by', valueReference: referenceTo(written.by) },
        { url: 'at', valueDateTime: written.at },
      ],
    },
  ]
}

/** Who wrote it: from our own mark, or from whom the record itself names, for records from elsewhere. */
export function writtenFrom(
  resource: Resource & Extended,
  otherwise: Reference | undefined,
): WrittenBy | undefined {
  const mark = extensionOf(resource, 'written')
  const part = (url: string) => mark?.extension?.find((each) => each.url === url)
  const by = whoFrom(part('by')?.valueReference ?? otherwise)
  const at = part('at')?.valueDateTime ?? resource.meta?.lastUpdated
  return by && at ? { by, at } : undefined
}

/** Who helped to write it down; without a reference if only a name is known. */
export function helperIn(record: Extended): Who | undefined {
  const extension = extensionOf(record, 'supported-by')
  if (extension?.valueString) return { reference: '', name: extension.valueString, voice: 'carer' }
  return whoFrom(extension?.valueReference)
}

export function helperExtension(who: Who | undefined): readonly Omit<Extension, 'url'>[] {
  if (!who) return []
  return [who.reference ? { valueReference: referenceTo(who) } : { valueString: who.name }]
}

/** What somebody had said before another overwrote it; undefined if nobody did. */
export function earlierWords(record: Extended): EarlierVersion | undefined {
  const [mark] = extensionsOf(record, 'earlier-words')
  const part = (url: string) => mark?.extension?.find((each) => each.url === url)
  const by = whoFrom(part('by')?.valueReference)
  const words = part('words')?.valueString
  if (!by || !words) return undefined
  const helper = whoFrom(part('helper')?.valueReference)
  const at = part('at')?.valueDateTime
  return { words, by, ...(helper ? { helper } : {}), ...(at ? { at } : {}) }
}

/** Id, version and writer of the current record. */
export function recordFrom(
  resource: Resource & Extended,
  otherwise?: Reference,
): { id: string; version?: string; written?: WrittenBy; earlier?: EarlierVersion } {
  const written = writtenFrom(resource, otherwise)
  const earlier = earlierWords(resource)
  return {
    id: resource.id ?? '',
    ...(resource.meta?.versionId ? { version: resource.meta.versionId } : {}),
    ...(written ? { written } : {}),
    ...(earlier ? { earlier } : {}),
  }
}

/** `Goal/1` from `Goal/1/_history/2`; an id from `Patient/x`. */
export const idIn = (reference: string | undefined) => reference?.split('/')[1] ?? ''

/** Leaves a field out of an object if it has no value: FHIR has no empty fields. */
export function given<K extends string, V>(
  field: K,
  value: V | undefined | '',
): Partial<Record<K, V>> {
  return value === undefined || value === '' ? {} : ({ [field]: value } as Record<K, V>)
}
