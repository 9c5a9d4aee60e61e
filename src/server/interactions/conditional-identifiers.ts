import { isResourceType, searchParametersOf } from '#server/fhir/search-parameters.ts'
import { codingValuesOf } from '#server/store/indexing/indexed-values.ts'
import { valuesAt } from '#server/store/indexing/values-at.ts'
import { isResultParameter } from '#server/store/search/result-parameters.ts'
import { splitUnescaped, unescapedSearchText } from '#server/store/search/search-text.ts'

/** `system` is undefined where a condition leaves it open. */
export type ConditionalIdentifiers = Readonly<{ system: string | undefined; value: string }>

/** One number however it is written: with or without case, blanks and dashes. */
const asOne = (value: string) => value.replace(/[\s-]/g, '').toLowerCase()

const askedIn = (condition: string) => [...new URLSearchParams(condition.replace(/^[^?]*\?/, ''))]

/** The identifiers that a condition asks for, any of which would do; undefined when it also finds records without them. */
export function identifiersAsked(condition: string): readonly ConditionalIdentifiers[] | undefined {
  const asked = askedIn(condition).find(([name]) => name === 'identifier')
  const numbers = splitUnescaped(asked?.[1] ?? '', ',')
    .filter(Boolean)
    .map(numberedBy)
  return numbers.length > 0 && numbers.every(({ value }) => value !== '') ? numbers : undefined
}

function numberedBy(text: string): ConditionalIdentifiers {
  const [first = '', second] = splitUnescaped(text, '|').map(unescapedSearchText)
  if (second === undefined) return { system: undefined, value: asOne(first) }
  return { system: first, value: asOne(second) }
}

/** True when a condition asks for identifiers and for nothing besides. */
export const asksIdentifiersAlone = (condition: string): boolean =>
  askedIn(condition).every(([name]) => name === 'identifier' || isResultParameter(name)) &&
  identifiersAsked(condition) !== undefined

/** The identifiers by which a record would be found. */
export function identifiersOf(resource: {
  resourceType: string
}): readonly ConditionalIdentifiers[] {
  const type = resource.resourceType
  if (!isResourceType(type)) return []
  const paths = searchParametersOf(type).get('identifier')?.paths ?? []
  return paths
    .flatMap((path) => [...valuesAt(resource, path)])
    .flatMap((value) => [...codingValuesOf(value)])
    .map(({ system, value }) => ({ system, value: asOne(value) }))
    .filter(({ value }) => value !== '')
}

/** True when a question for the one may find the other. */
export const mayBeOne = (asked: ConditionalIdentifiers, borne: ConditionalIdentifiers): boolean =>
  asked.value === borne.value && (asked.system === undefined || asked.system === borne.system)
