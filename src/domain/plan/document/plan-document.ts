import type {
  Bundle,
  BundleEntry,
  Composition,
  CompositionSection,
  Reference,
  Resource,
} from '@medplum/fhirtypes'
import { gableCodeSystem, gableUrl, loincSystem } from '#domain/fhir/codes.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { factsNarrative, narrativeOf } from './plan-markup.ts'
import type { PlanReading } from './plan-reading.ts'
import type { ReadingItem } from './reading-context.ts'

/** The kind of document: LOINC “Plan of care note”, and our own code, by which an import knows it again. */
const planDocumentCode = 'plan-document'

/** The system of the identifiers of our plan documents: the same content has the same identifier. */
export const planDocumentSystem: string = gableUrl('plan-document')

type Facts = Readonly<{
  planId: string
  person: Readonly<{ id: string; name: string }>
  author: Reference
  custodian: Reference | undefined
  /** instant of the export */
  at: string
  /** address under which the records are served */
  base: string
  /** the records that the plan is made of, and those whom they name */
  records: readonly ResourceWithId[]
}>

/** A FHIR document of the plan: a Composition that says all of it in words, and every record it is made of. */
export function planDocument(reading: PlanReading, facts: Facts): Bundle & { type: 'document' } {
  const records = facts.records.map(inDocument)
  const known = new Set(records.map(nameOf))
  const cover = compositionOf(reading, facts, known)
  return {
    resourceType: 'Bundle',
    type: 'document',
    timestamp: facts.at,
    entry: [cover, ...records].map((resource) => entryOf(resource, facts.base)),
  }
}

const entryOf = (resource: ResourceWithId, base: string): BundleEntry => ({
  fullUrl: `${base}/${nameOf(resource)}`,
  resource,
})

const nameOf = ({ resourceType, id }: ResourceWithId) => `${resourceType}/${id}`

/** When a record was stored here says nothing about the plan; its version does: agreements name it. */
function inDocument(resource: ResourceWithId): ResourceWithId {
  const { lastUpdated: _stored, ...meta } = resource.meta ?? {}
  return { ...resource, meta }
}

function compositionOf(
  reading: PlanReading,
  facts: Facts,
  known: ReadonlySet<string>,
): Composition & { id: string } {
  const { planId, person, author, custodian, at } = facts
  return {
    resourceType: 'Composition',
    id: `document-${planId}`.slice(0, 64),
    language: reading.language,
    text: factsNarrative(reading),
    status: 'final',
    type: {
      coding: [
        { system: loincSystem, code: '18776-5', display: 'Plan of care note' },
        { system: gableCodeSystem, code: planDocumentCode },
      ],
    },
    subject: { reference: `Patient/${person.id}`, display: person.name },
    date: at,
    author: [author as Composition['author'][number]],
    title: reading.title,
    ...(custodian ? { custodian: custodian as NonNullable<Composition['custodian']> } : {}),
    section: reading.parts.map((part): CompositionSection => {
      const entry = [...new Set(part.items.flatMap(recordsIn))]
        .filter((name) => known.has(name))
        .map((reference) => ({ reference }))
      return {
        title: part.title,
        code: { coding: [{ system: gableCodeSystem, code: part.part }] },
        text: narrativeOf(part),
        ...(entry.length > 0 ? { entry } : {}),
      }
    }),
  }
}

const recordsIn = ({ record, steps = [] }: ReadingItem): readonly string[] => [
  ...(record ? [record] : []),
  ...steps.flatMap(recordsIn),
]

/** True for the cover of one of our plan documents: it is made again with every document, and is no record of its own. */
export const isPlanCover = (resource: Resource | undefined): boolean =>
  resource?.resourceType === 'Composition' &&
  (resource.type?.coding ?? []).some(
    (each) => each?.system === gableCodeSystem && each.code === planDocumentCode,
  )

/** True for a whole plan of Gable as a document. What comes from outside may have any shape. */
export function isPlanDocument(bundle: Partial<Bundle> | null): boolean {
  if (bundle?.resourceType !== 'Bundle' || bundle.type !== 'document') return false
  const first: unknown = Array.isArray(bundle.entry) ? bundle.entry[0]?.resource : undefined
  return isPlanCover(first as Resource | undefined)
}

/** What makes two documents the same plan: its records, whenever, wherever and by whom they were exported. */
export const contentOfDocument = ({ entry }: Bundle): readonly Resource[] =>
  (entry ?? []).flatMap(({ resource }) => (resource && !isPlanCover(resource) ? [resource] : []))
