import { findPeopleRequest, type Known, knownKinds } from '#domain/case/find-people.ts'
import { plainWords } from '#domain/risk/plain-words.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { OperationCall } from '#server/operations/operation.ts'

const placing = ['frailty', 'chance', 'changeable', 'line'] as const
/** An order that was decided. */
export type PlacingOrder = (typeof placing)[number]

export type FindPeople = Readonly<{
  /** plain words, each the beginning of a name or number */
  words: readonly string[]
  band?: string
  ageFrom?: number
  ageTo?: number
  condition?: string
  known: Known
  segment?: string
  changeable?: string
  order: PlacingOrder
  /** true: only people without any coded condition, who have no score */
  unscored: boolean
  count: number
  offset: number
}>

/** The request, with defaults for everything that was left out; `suggested` is the order that suits this service. Throws 400 for other values. */
export function findPeopleAsked(
  context: Pick<OperationCall, 'body'>,
  suggested: PlacingOrder,
): FindPeople {
  const {
    text = '',
    band,
    condition,
    known,
    segment,
    changeable,
    order,
    ...rest
  } = askedParameters(context, findPeopleRequest)
  return {
    ...rest,
    words: wordsOf(text),
    ...(band ? { band } : {}),
    ...(condition ? { condition } : {}),
    ...(segment ? { segment } : {}),
    ...(changeable ? { changeable } : {}),
    order:
      order === 'suggested' ? suggested : (placing.find((each) => each === order) ?? 'frailty'),
    known: knownKinds.find((each) => each === known) ?? 'no-coordinator',
    count: Math.min(100, rest.count ?? 20),
    offset: rest.offset ?? 0,
  }
}

/** A number may be written in groups: "999 100 1018" is one word. */
function wordsOf(text: string): readonly string[] {
  const isNumber = /^[\d\s-]+$/.test(text)
  return plainWords(isNumber ? text.replace(/[\s-]/g, '') : text)
}
