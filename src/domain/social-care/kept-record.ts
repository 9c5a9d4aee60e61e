import type { Basic } from '@medplum/fhirtypes'
import { gableUrl } from '#domain/fhir/codes.ts'
import type { Codec } from '#domain/fhir/parameters.ts'
import { parametersInExtension } from '#domain/fhir/parameters-in-extension.ts'
import { extensionOf, idIn, ownCode, referenceTo } from '#domain/fhir/references-and-extensions.ts'
import type { WrittenBy } from '#domain/plan/plan.ts'
import { type KeptKind, keptKindOf } from './kept-kind.ts'

/** Whose record it is, and who wrote this version of it. */
export type Kept = Readonly<{ id: string; person: string; version: number; written: WrittenBy }>

type Keeping<T> = Readonly<{ kind: KeptKind; codec: Codec<T> }>

export function keptToFhir<T>(
  { kind, codec }: Keeping<T>,
  { id, person, written }: Omit<Kept, 'version'>,
  content: T,
): Basic & { id: string } {
  const extension = [...parametersInExtension.write(codec, content)]
  return {
    ...{ resourceType: 'Basic', id, code: ownCode(kind) },
    subject: { reference: `Patient/${person}` },
    author: referenceTo(written.by),
    extension: [
      { url: gableUrl(kind), extension },
      {
        url: gableUrl('written'),
        extension: [
          { url: 'by', valueReference: referenceTo(written.by) },
          { url: 'at', valueDateTime: written.at },
        ],
      },
    ],
  }
}

/** Undefined for a record of another kind. */
export function keptFromFhir<T>(
  { kind, codec }: Keeping<T>,
  record: Basic,
): (T & Kept) | undefined {
  if (keptKindOf(record) !== kind) return undefined
  const mark = extensionOf(record, 'written')?.extension ?? []
  const by = mark.find(({ url }) => url === 'by')?.valueReference ?? record.author
  return {
    ...parametersInExtension.read(codec, extensionOf(record, kind)?.extension ?? []),
    ...{ id: record.id ?? '', version: Number(record.meta?.versionId ?? 0) },
    person: idIn(record.subject?.reference),
    written: {
      by: { reference: by?.reference ?? '', name: by?.display ?? '', voice: 'professional' },
      at: mark.find(({ url }) => url === 'at')?.valueDateTime ?? '',
    },
  }
}
