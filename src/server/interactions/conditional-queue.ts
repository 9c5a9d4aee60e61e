import { isResourceType, searchParametersOf } from '#server/fhir/search-parameters.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { codingValuesOf } from '#server/store/indexing/indexed-values.ts'
import { valuesAt } from '#server/store/indexing/values-at.ts'
import { isResultParameter } from '#server/store/search/result-parameters.ts'
import { splitUnescaped, unescapedSearchText } from '#server/store/search/search-text.ts'

/** `resource`: what is created if the condition finds nothing. */
export type ConditionAsked = Readonly<{
  type: string
  condition: string
  resource?: { resourceType: string } | undefined
}>

type Place = Readonly<{ space: number; name: string; alone: boolean }>

const types = 7130
const lines = 7129

/**
 * A request that creates a record if a condition finds none waits for earlier requests with the same condition: of two
 * at once only one finds nothing. The same condition is also one that names a number with its system or without, or
 * another number of what the other is about to create; a condition that names no number may look for anything, and
 * waits for all conditions on its type. All locks of a request are taken together and in order, so that no two requests
 * wait for each other. There are 256 for numbers: a request with thousands of conditions takes no more memory in the
 * database than that. `further`: names of additional locks.
 */
export async function waitInConditionalQueue(
  context: RequestContext,
  conditions: readonly ConditionAsked[],
  further: readonly string[] = [],
): Promise<void> {
  const places = [...conditions.flatMap(placesOf), ...further.map(inLine)]
  if (places.length === 0) return
  await context.service.sql.query(
    `select case when alone then pg_advisory_xact_lock(space, line) else pg_advisory_xact_lock_shared(space, line) end
     from (
       select space, line, bool_or(alone) as alone from (
         select space, alone, hashtext(name) & case space when ${lines} then 255 else -1 end as line
         from json_to_recordset($1::json) as n(space int, name text, alone boolean)) named
       group by space, line order by space desc, line) placed`,
    [JSON.stringify(places)],
  )
}

/** The database takes no null character and no half of a pair: the search, or the check of the record, then says so. */
const inLine = (name: string): Place => {
  const storable = name.replaceAll('\0', '').toWellFormed()
  return { space: lines, name: storable, alone: true }
}

function placesOf({ type, condition, resource }: ConditionAsked): readonly Place[] {
  const numbers = identifiersAsked(condition)
  const made = resource ? identifiersOf(resource) : []
  return [
    { space: types, name: type, alone: numbers === undefined },
    ...[...(numbers ?? []), ...made].map(({ value }) => inLine(`${type} ${value}`)),
  ]
}

export const sameCondition = ({ type, condition }: ConditionAsked): string =>
  `${type}?${[...new URLSearchParams(condition.replace(/^[^?]*\?/, ''))].toSorted().join('&')}`

/** `system` is undefined if a condition leaves it open. */
export type ConditionalIdentifiers = Readonly<{ system: string | undefined; value: string }>

/** The same number however it is written: in any case, with or without blanks and dashes. */
const asOne = (value: string) => value.replace(/[\s-]/g, '').toLowerCase()

const askedIn = (condition: string) => [...new URLSearchParams(condition.replace(/^[^?]*\?/, ''))]

/** The identifiers that a condition looks for, any of which would match; undefined if it also finds records without them. */
export function identifiersAsked(condition: string): readonly ConditionalIdentifiers[] | undefined {
  const identifier = askedIn(condition).find(([name]) => name === 'identifier')
  const numbers = splitUnescaped(identifier?.[1] ?? '', ',')
    .filter(Boolean)
    .map(numberedBy)
  return numbers.length > 0 && numbers.every(({ value }) => value !== '') ? numbers : undefined
}

function numberedBy(text: string): ConditionalIdentifiers {
  const [first = '', second] = splitUnescaped(text, '|').map(unescapedSearchText)
  if (second === undefined) return { system: undefined, value: asOne(first) }
  return { system: first, value: asOne(second) }
}

/** True if a condition looks for identifiers and nothing else. */
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

/** True if a query for the one may find the other. */
export const mayBeOne = (wanted: ConditionalIdentifiers, borne: ConditionalIdentifiers): boolean =>
  wanted.value === borne.value && (wanted.system === undefined || wanted.system === borne.system)
