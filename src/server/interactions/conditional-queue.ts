import type { RequestContext } from '#server/http/request-context.ts'
import { identifiersAsked, identifiersOf } from './conditional-identifiers.ts'

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
