import { defsOf, type ElmLibrary, nodesIn, textOf } from './elm.ts'
import type { MeasureCodes } from './evaluation.ts'

/** True for a type of record that is kept here. */
export type KeptTypes = (type: string) => boolean

type Beside = Readonly<{
  libraries: readonly ElmLibrary[]
  codeLists: readonly MeasureCodes[]
  types: KeptTypes
}>

const fhirModel = 'http://hl7.org/fhir'
const systemModel = 'urn:hl7-org:elm-types:r1'

/** What keeps a library from being worked out here, in words. */
export function elmFaults(library: ElmLibrary, beside: Beside): readonly string[] {
  const { id, version } = library.identifier ?? {}
  const name = `The library ${id ?? 'without a name'}${version ? ` ${version}` : ''}`
  const schema = library.schemaIdentifier
  if (!id || schema?.id !== 'urn:hl7-org:elm' || schema.version !== 'r1')
    return [`${name} is ELM of version “${schema?.version ?? 'unknown'}”. Only r1 is read here`]
  const nodes = nodesIn(library)
  if (!nodes) return [`${name} nests deeper than any real measure does, and was not read`]
  const types = nodes.map((each) => textOf(each, 'type') === 'Retrieve' && textOf(each, 'dataType'))
  return [
    ...modelFaults(library, name),
    ...includeFaults(library, name, beside.libraries),
    ...setFaults(library, name, beside.codeLists),
    ...typeFaults(new Set(types.filter((each) => each !== false)), name, beside.types),
  ]
}

function modelFaults(library: ElmLibrary, name: string): readonly string[] {
  return defsOf(library.usings).flatMap((using) => {
    const uri = textOf(using, 'uri')
    const version = textOf(using, 'version')
    if (uri === systemModel || (uri === fhirModel && version === '4.0.1')) return []
    const model = `${textOf(using, 'localIdentifier') || uri} ${version}`.trim()
    return [`${name} is written for ${model}. Only FHIR 4.0.1 is read here`]
  })
}

function includeFaults(library: ElmLibrary, name: string, all: readonly ElmLibrary[]) {
  return defsOf(library.includes).flatMap((include) => {
    const [path, version] = [textOf(include, 'path'), textOf(include, 'version')]
    const wanted = path.split('/').at(-1)
    const isHere = all.some(
      ({ identifier }) =>
        identifier?.id === wanted && (!version || identifier?.version === version),
    )
    return isHere ? [] : [`${name} needs the library ${wanted} ${version}, which is missing`]
  })
}

function setFaults(library: ElmLibrary, name: string, lists: readonly MeasureCodes[]) {
  return defsOf(library.valueSets).flatMap((each) => {
    const [url, version] = textOf(each, 'id').split('|')
    const isHere = lists.some((one) => one.url === url && (!version || one.version === version))
    return isHere ? [] : [`${name} needs the value set ${url}, which is missing`]
  })
}

function typeFaults(types: ReadonlySet<string>, name: string, isKept: KeptTypes) {
  return [...types].flatMap((each) => {
    const type = each.replace(`{${fhirModel}}`, '')
    return isKept(type)
      ? []
      : [`${name} reads records of the type ${type}, which are not kept here`]
  })
}
