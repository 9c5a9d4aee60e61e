import {
  type FindFilter,
  findPeopleRequest,
  type Known,
  knownKinds,
} from '#domain/case/find-people.ts'
import { instrumentNamed, outsideOrder } from '#domain/outside-score/outside-instrument.ts'
import { plainWords } from '#domain/risk/plain-words.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import { directionOf } from '#server/operations/feeds/score-directions.ts'
import { listFor } from '#server/operations/lists/list-for.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { FhirProblem } from '#server/problem.ts'

const placing = ['frailty', 'chance', 'changeable', 'line', 'cost'] as const
/** An order that was decided; `outside:` and the code of a score from elsewhere. */
export type PlacingOrder = (typeof placing)[number] | `outside:${string}`

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
  /** a need that no score counts */
  flag?: string
  /** a rule that is switched on */
  rule?: string
  order: PlacingOrder
  /** true: only people without any coded condition, who have no score */
  unscored: boolean
  /** the saved list that brought these filters */
  cohort?: string
  count: number
  offset: number
}>

/**
 * The request, with defaults for everything that was left out; `suggested` is the order that suits this service. Throws
 * 400 for other values, 404 for a saved list that the caller may not know of.
 */
export async function findPeopleAsked(
  call: OperationCall,
  suggested: PlacingOrder,
): Promise<FindPeople> {
  const {
    cohort,
    count,
    offset,
    asItIs: _asItIs,
    leftOnly: _leftOnly,
    ...sent
  } = askedParameters(call, findPeopleRequest)
  const filters = cohort ? await filtersOfList(call, cohort, sent) : sent
  await mustPoint(call, filters.order)
  return {
    ...narrowedBy(filters, suggested),
    ...(cohort ? { cohort } : {}),
    count: Math.min(100, count ?? 20),
    offset: offset ?? 0,
  }
}

/** A score of which nobody knows whether high or low asks for help first ranks nobody. */
async function mustPoint({ context }: OperationCall, order = ''): Promise<void> {
  const code = outsideOrder.exec(order)?.[1]
  if (!code || instrumentNamed(code)) return
  if (!(await directionOf(context.service.sql, code)))
    throw new FhirProblem(
      400,
      'not-supported',
      `Whether a high or a low ${code} asks for help first is not known here, so it orders no list. An administrator says it on the page “Cost and activity”, or with $score-direction`,
    )
}

async function filtersOfList(
  call: OperationCall,
  cohort: string,
  { order, ...others }: FindFilter,
): Promise<FindFilter> {
  if (Object.values(others).some((each) => each !== undefined && each !== '' && each !== false))
    throw new FhirProblem(
      400,
      'invalid',
      'A saved list (cohort) has its own filters: send only order, count and offset with it',
    )
  const { filters } = await listFor(call, cohort)
  return { ...filters, ...(order ? { order } : {}) }
}

/** What these filters ask for. */
export function narrowedBy(
  {
    text = '',
    band,
    condition,
    known,
    segment,
    changeable,
    flag,
    rule,
    order,
    ...rest
  }: FindFilter,
  suggested: PlacingOrder,
): Omit<FindPeople, 'count' | 'offset'> {
  return {
    ...rest,
    words: wordsOf(text),
    ...(band ? { band } : {}),
    ...(condition ? { condition } : {}),
    ...(segment ? { segment } : {}),
    ...(changeable ? { changeable } : {}),
    ...(flag ? { flag } : {}),
    ...(rule ? { rule } : {}),
    order: order === 'suggested' ? suggested : placingOf(order),
    known: knownKinds.find((each) => each === known) ?? 'no-coordinator',
  }
}

const placingOf = (order = ''): PlacingOrder =>
  outsideOrder.test(order)
    ? (order as PlacingOrder)
    : (placing.find((each) => each === order) ?? 'frailty')

/** A number may be written in groups: "999 100 1018" is one word. */
function wordsOf(text: string): readonly string[] {
  const isNumber = /^[\d\s-]+$/.test(text)
  return plainWords(isNumber ? text.replace(/[\s-]/g, '') : text)
}
