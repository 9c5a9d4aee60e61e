import table from './search-parameters.json' with { type: 'json' }

export type ParameterKind =
  | 'string'
  | 'token'
  | 'date'
  | 'number'
  | 'quantity'
  | 'reference'
  | 'uri'
  | 'special'

/** One FHIR R4 search parameter of one resource type, its expression as plain property paths (see scripts/make-search-parameters.mjs). */
export type SearchParameter = Readonly<{
  code: string
  kind: ParameterKind
  paths: readonly string[]
  /** resource types to which a reference may lead; empty: any */
  targets: readonly string[]
}>

const lines: Readonly<Record<string, string>> = table
const known = new Map<string, ReadonlyMap<string, SearchParameter>>()

/** Every R4 resource type, by name. */
export const resourceTypes: readonly string[] = Object.keys(lines).filter((name) => name !== '')

const typeNames = new Set(resourceTypes)

export function isResourceType(name: string): boolean {
  return typeNames.has(name)
}

/** `Type.code` of the parameters that the store cannot answer: composites, and those without an expression. */
export const uncompiledParameters: readonly string[] = (lines[''] ?? '').split(';')

/** Parameters of every type; `_id` and `_lastUpdated` are columns and not among them. */
const commonParameters: readonly SearchParameter[] = [
  { code: '_tag', kind: 'token', paths: ['meta.tag'], targets: [] },
  { code: '_security', kind: 'token', paths: ['meta.security'], targets: [] },
  { code: '_profile', kind: 'uri', paths: ['meta.profile'], targets: [] },
  { code: '_source', kind: 'uri', paths: ['meta.source'], targets: [] },
]

/** The search parameters of a resource type, by code; empty if the name is not an R4 type. */
export function searchParametersOf(type: string): ReadonlyMap<string, SearchParameter> {
  const cached = known.get(type)
  if (cached) return cached
  const line = typeNames.has(type) ? (lines[type] ?? '') : ''
  const parameters = [...line.split(';').filter(Boolean).map(parameterFrom), ...commonParameters]
  const byCode = new Map(parameters.map((each) => [each.code, each]))
  known.set(type, byCode)
  return byCode
}

function parameterFrom(text: string): SearchParameter {
  const [code = '', kind = '', paths = '', targets = ''] = text.split(' ')
  return {
    code,
    kind: kind as ParameterKind,
    paths: paths.split('|'),
    targets: targets === '' || targets === '*' ? [] : targets.split(','),
  }
}
