import type { Bundle, Library, Measure, Resource, ValueSet } from '@medplum/fhirtypes'
import { codeListIn } from './code-list.ts'
import { defsOf, type ElmLibrary, textOf } from './elm.ts'
import { elmIn, largestElm } from './elm-content.ts'
import { elmFaults, type KeptTypes } from './elm-faults.ts'
import type { MeasureCodes } from './evaluation.ts'
import { type Populations, populationCodes } from './judged-person.ts'

/** A measure as it came, ready to be kept. */
export type ReadMeasure = Readonly<{
  measure: Measure
  main: string
  libraries: readonly ElmLibrary[]
  codeLists: readonly MeasureCodes[]
  populations: Populations
}>

type Read = Readonly<{ read: ReadMeasure }> | Readonly<{ faults: readonly string[] }>

const most = { libraries: 40, codes: 50_000 }

/** A measure with its libraries and value sets, or everything that is wrong with it, in words. */
export function readMeasureBundle(body: Resource | undefined, types: KeptTypes): Read {
  if (body?.resourceType !== 'Bundle')
    return { faults: ['Send a FHIR Bundle with a Measure, its Libraries and its ValueSets'] }
  const measures = inBundle(body).filter((each): each is Measure => each.resourceType === 'Measure')
  const [measure] = measures
  if (!measure || measures.length > 1)
    return { faults: [`The bundle holds ${measures.length} measures. Send one at a time`] }
  return readParts(body, measure, types)
}

const inBundle = (bundle: Bundle): readonly Resource[] =>
  (Array.isArray(bundle.entry) ? bundle.entry : []).flatMap((each) => each?.resource ?? [])

function readParts(bundle: Bundle, measure: Measure, types: KeptTypes): Read {
  const kept = inBundle(bundle).filter((each): each is Library => each.resourceType === 'Library')
  if (kept.length > most.libraries)
    return { faults: [`The bundle holds more than ${most.libraries} libraries`] }
  const contents = kept.map((library) => ({ library, ...elmIn(library) }))
  const faults = contents.flatMap(({ fault }) => fault ?? [])
  const libraries = contents.flatMap(({ elm }) => elm ?? [])
  const main = contents.find(({ library }) => isNamed(library, measure.library?.[0]))?.elm
  const sets = inBundle(bundle).filter((each): each is ValueSet => each.resourceType === 'ValueSet')
  const lists = sets.map(codeListIn)
  const codeLists = lists.flatMap(({ list }) => list ?? [])
  const populations = populationsIn(measure)
  const all = [
    ...measureFaults(measure, populations),
    ...faults,
    ...(main ? missingDefinitions(main, populations) : [noMain(measure, kept)]),
    ...lists.flatMap(({ fault }) => fault ?? []),
    ...(codeLists.reduce((sum, { codes }) => sum + codes.length, 0) > most.codes
      ? [`The value sets hold more than ${most.codes} codes`]
      : []),
    ...libraries.flatMap((each) => elmFaults(each, { libraries, codeLists, types })),
  ]
  if (!main || all.length > 0) return { faults: [...new Set(all)] }
  return {
    read: { measure, main: main.identifier?.id ?? '', libraries, codeLists, populations },
  }
}

function isNamed(library: Library, canonical: string | undefined): boolean {
  const [url, version] = (canonical ?? '').split('|')
  return (
    library.url !== undefined && library.url === url && (!version || library.version === version)
  )
}

function noMain(measure: Measure, libraries: readonly Library[]): string {
  const wanted = measure.library?.[0]
  if (!wanted) return 'The measure does not say which library holds its definitions'
  if (libraries.length === 0)
    return `The library ${wanted} is missing: the bundle holds no Library at all`
  return `The library ${wanted}, which the measure is written in, is missing or has no compiled CQL`
}

function measureFaults(measure: Measure, populations: Populations): readonly string[] {
  const scoring = measure.scoring?.coding?.[0]?.code
  const faults = [
    ...(measure.url ? [] : ['The measure has no url, so that it cannot be told from others']),
    ...(measure.version ? [] : ['The measure has no version']),
    ...(measure.title || measure.name ? [] : ['The measure has no title']),
    ...(scoring === 'proportion'
      ? []
      : [
          `The measure is scored as “${scoring ?? 'nothing'}”. Only proportions are worked out here`,
        ]),
    ...(measure.group?.length === 1
      ? []
      : [
          `The measure has ${measure.group?.length ?? 0} groups. Only measures with one are worked out here`,
        ]),
  ]
  const missing = (['initial-population', 'denominator', 'numerator'] as const).filter(
    (code) => !populations[code],
  )
  return [...faults, ...missing.map((code) => `The measure does not say what its ${code} is`)]
}

/** Which definition stands for which population. */
export function populationsIn(measure: Measure): Populations {
  const found: Partial<Record<(typeof populationCodes)[number], string>> = {}
  for (const each of measure.group?.[0]?.population ?? []) {
    const code = populationCodes.find((one) => one === each.code?.coding?.[0]?.code)
    const name = each.criteria?.expression
    if (code && name) found[code] = name
  }
  return found
}

function missingDefinitions(main: ElmLibrary, populations: Populations): readonly string[] {
  const names = new Set(defsOf(main.statements).map((each) => textOf(each, 'name')))
  const period = defsOf(main.parameters).some(
    (each) => textOf(each, 'name') === 'Measurement Period',
  )
  return [
    ...Object.values(populations).flatMap((name) =>
      names.has(name) ? [] : [`The library ${main.identifier?.id} has no definition “${name}”`],
    ),
    ...(period ? [] : ['The library has no parameter “Measurement Period”']),
  ]
}

/** What a bundle may weigh: the largest measures of others known to us are a fifth of it. */
export const largestMeasureBundle = 4 * largestElm
