import { isResourceType, searchParametersOf } from '#server/fhir/search-parameters.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { codingValuesOf } from '#server/store/indexing/indexed-values.ts'
import { valuesAt } from '#server/store/indexing/values-at.ts'
import { isResultParameter } from '#server/store/search/result-parameters.ts'
import { splitUnescaped, unescapedSearchText } from '#server/store/search/search-text.ts'

/** `resource`: what is made when the condition finds nothing. */
export type ConditionAsked = Readonly<{
  type: string
  condition: string
  resource?: { resourceType: string } | undefined
}>

type Place = Readonly<{ space: number; name: string; alone: boolean }>

const types = 7130
const lines = 7129

/**
 * Whoever asks whether a record is there, to make it when it is not, waits for whoever asked the same before: of two at
 * once only one hears no. The same is asked by whoever names one number with its system and without, or another number of what the
 * other is about to make; a condition that names no number may ask for anything, and waits for all who ask about its type.
 * All lines of a call are taken together and in order, so that no two calls wait for each other. There are 256 for numbers:
 * a call with thousands of conditions takes no more room in the database than that. `further`: names of lines besides.
 */
export async function waitInConditionalQueue(
  context: RequestContext,
  asked: readonly ConditionAsked[],
  further: readonly string[] = [],
): Promise<void> {
  const places = [...asked.flatMap(placesOf), ...further.map(inLine)]
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

const inLine = (name: string): Place => ({ space: lines, name, alone: true })

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
