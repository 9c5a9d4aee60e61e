import type { Library, Measure } from '@medplum/fhirtypes'
import { hl7CodeSystem } from '#domain/fhir/codes.ts'
import { base64Of, elmContent, elmIn } from './elm-content.ts'
import type { MeasureCodes, MeasureProgram } from './evaluation.ts'
import { populationsIn, type ReadMeasure } from './measure-bundle.ts'

const listType = 'application/fhir+json'
const start = 'cql-'

/** Other measures are told apart by their url; what a name may hold, an id may not. */
export function cqlMeasureId(measure: Measure): string {
  const name = measure.name ?? measure.url?.split('/').at(-1) ?? ''
  const slug = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .toLowerCase()
  return `${start}${slug}`.slice(0, 60)
}

/** What is read of it here. Of the names for the language of a definition, FHIR R4 itself knows one. */
function asKept(measure: Measure, id: string): Measure & { id: string } {
  const { url, version, name, title, date, publisher, description, rationale, copyright } = measure
  const { library, scoring, improvementNotation, group } = measure
  const parts = { url, version, name, title, date, publisher, description, rationale, copyright }
  const said = Object.entries({ ...parts, library, scoring, improvementNotation }).filter(
    ([, value]) => value !== undefined,
  )
  return {
    ...{ resourceType: 'Measure', id, status: 'active' },
    ...Object.fromEntries(said),
    group: (group ?? []).map(({ population = [] }) => ({
      population: population.map(({ code, criteria }) => ({
        ...(code ? { code } : {}),
        criteria: { language: 'text/cql', expression: criteria?.expression ?? '' },
      })),
    })),
  }
}

/** The measure and, in one record, all that it is worked out from: so that both change together. */
export function measureToKeep(
  { measure, main, libraries, codeLists }: ReadMeasure,
  at: Date,
): readonly [Measure & { id: string }, Library & { id: string }] {
  const id = cqlMeasureId(measure)
  return [
    asKept(measure, id),
    {
      ...{ resourceType: 'Library', id, status: 'active', name: main },
      ...(measure.version ? { version: measure.version } : {}),
      type: { coding: [{ system: hl7CodeSystem('library-type'), code: 'asset-collection' }] },
      date: at.toISOString(),
      content: [
        ...libraries.map(elmContent),
        ...codeLists.map((list) => ({
          contentType: listType,
          data: base64Of(JSON.stringify(list)),
        })),
      ],
    },
  ]
}

/** What is worked out, from the two records; undefined if they no longer hold it. */
export function programOf(measure: Measure, library: Library): MeasureProgram | undefined {
  const content = library.content ?? []
  const libraries = content
    .filter(({ contentType }) => contentType !== listType)
    .flatMap((each) => elmIn({ ...library, content: [each] }).elm ?? [])
  const main = library.name ?? ''
  if (!libraries.some(({ identifier }) => identifier?.id === main)) return undefined
  return {
    key: `${measure.id}.${measure.version}.${library.meta?.versionId ?? library.date}`,
    ...{ main, libraries, populations: populationsIn(measure) },
    codeLists: content
      .filter(({ contentType }) => contentType === listType)
      .map(({ data = '' }) => listIn(data)),
  }
}

const listIn = (data: string): MeasureCodes =>
  JSON.parse(
    new TextDecoder().decode(Uint8Array.from(atob(data), (each) => each.charCodeAt(0))),
  ) as MeasureCodes
