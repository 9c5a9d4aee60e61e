import type { QuestionnaireResponse } from '@medplum/fhirtypes'
import fhirpath, { type UserInvocationTable } from 'fhirpath'
import r4 from 'fhirpath/fhir-context/r4'
import { withoutTexts } from './names-in.ts'

/** A question’s answer as FHIRPath sees it, and the weight of it: undefined if its question has none. */
export type WeightOf = (
  linkId: string,
  value: object | string | number | boolean,
) => number | undefined

export type PathQuestion = Readonly<{
  text: string
  response: QuestionnaireResponse
  /** where in the response the expression stands, such as `item[1].item[0]`; empty for the whole */
  place: string
  /** nothing is there yet */
  isAbsent: boolean
  variables: Readonly<Record<string, unknown>>
  weightOf: WeightOf
}>

type Node = Readonly<{ data: unknown; parentResNode: Node | null; path: string | null }>

/** The same answers must give the same result next year. */
const refused = (name: string) => ({
  fn: () => {
    throw new Error(`${name}() cannot be used here: use %today`)
  },
  arity: { 0: [] },
})

const patternWords = (name: string) =>
  `${name}() cannot be used here: a pattern can hold up everybody. Use contains(), startsWith() or =`

const refusedPattern = (name: string) => ({
  fn: () => {
    throw new Error(patternWords(name))
  },
  arity: { 1: ['AnyAtRoot' as const], 2: ['AnyAtRoot' as const, 'AnyAtRoot' as const] },
})

/** A pattern can take longer than anybody waits, for a few letters: nothing may be compared with one. */
const patterns = ['matches', 'matchesFull', 'replaceMatches'] as const
/** A running total, or a name for it, can double at every step. */
const growing: readonly string[] = ['aggregate', 'defineVariable']
const longestExpression = 4000
const longestInput = 200_000

function tableOf(weightOf: WeightOf): UserInvocationTable {
  const weight = {
    fn: (nodes: readonly Node[]) => nodes.flatMap((node) => weightOfNode(node, weightOf) ?? []),
    arity: { 0: [] },
    internalStructures: true,
    nullable: true,
  }
  const clocks = Object.fromEntries(
    ['today', 'now', 'timeOfDay'].map((each) => [each, refused(each)]),
  )
  const compared = Object.fromEntries(patterns.map((each) => [each, refusedPattern(each)]))
  return { ...clocks, ...compared, weight, ordinal: weight }
}

function weightOfNode(node: Node, weightOf: WeightOf): number | undefined {
  const value = valueIn(node.data)
  if (value === undefined) return undefined
  for (let at: Node | null = node; at; at = at.parentResNode) {
    const linkId = (at.data as { linkId?: string } | null)?.linkId
    if (linkId !== undefined) return weightOf(linkId, value)
  }
  return undefined
}

/** The value of an answer, or the value itself. */
function valueIn(data: unknown): object | string | number | boolean | undefined {
  if (data === null || data === undefined) return undefined
  if (typeof data !== 'object') return data as string | number | boolean
  const key = Object.keys(data).find((each) => /^value[A-Z]/.test(each))
  return key === undefined ? data : ((data as Record<string, unknown>)[key] as object)
}

/**
 * Evaluates an expression over answers. Nothing is fetched: a function that would ask a terminology server or follow a
 * reference throws. Throws for a mistake in the expression too.
 */
export function evaluateFhirPath(asked: PathQuestion): readonly unknown[] {
  const { text, response, place, isAbsent, variables, weightOf } = asked
  const refusal = refusalIn(text)
  if (refusal) throw new Error(refusal)
  if (JSON.stringify(response).length > longestInput)
    throw new Error(`The answers are longer than ${longestInput} characters`)
  const options = { userInvocationTable: tableOf(weightOf), traceFn: () => undefined }
  const around = { ...variables, resource: response }
  if (place === '' && !isAbsent)
    return fhirpath.evaluate(response, text, { ...around, context: response }, r4, options)
  const [found] = isAbsent ? [{}] : fhirpath.evaluate(response, place, around, r4, options)
  return fhirpath.evaluate(found, text, { ...around, context: found }, r4, options)
}

/** The fault in an expression, in words or as the parser says it; undefined if it can be worked out here. */
export function faultInFhirPath(text: string): string | undefined {
  try {
    return refusalIn(text)
  } catch (fault) {
    return fault instanceof Error ? fault.message : String(fault)
  }
}

const refusals = new Map<string, string | undefined>()

/** Why an expression is not worked out here, in words. Throws if it cannot be read. */
function refusalIn(text: string): string | undefined {
  if (text.length > longestExpression) return `It is longer than ${longestExpression} characters`
  if (refusals.has(text)) return refusals.get(text)
  const parsed = fhirpath.parse(text)
  const names = functionsIn(parsed)
  const found =
    names.flatMap((each) => refusalOf(each) ?? [])[0] ?? endlessIn(text, { names, parsed })
  if (refusals.size >= mostRemembered) refusals.clear()
  refusals.set(text, found)
  return found
}

const mostRemembered = 2000

/** A step over the items of a form ends; one that makes something new each time never does. */
const endingRepeat =
  /\brepeat\(\s*(?:item|answer\.item|children\(\s*\)|item\s*\|\s*answer\.item|answer\.item\s*\|\s*item)\s*\)/g

/** How often a function may stand in one expression, where each time can multiply what is there. */
const mostOf: Readonly<Record<string, number>> = {
  ...{ select: 6, combine: 4, replace: 6, descendants: 2, repeat: 2, children: 4 },
}
const mostThis = 20
/** Functions that go through everything: one in the other multiplies. */
const goesThrough: readonly string[] = ['where', 'select', 'all', 'exists', 'repeat', 'sort']
const deepest = 3

type Read = Readonly<{ names: readonly string[]; parsed: unknown }>

/** Why an expression might hold up everybody, in words. */
function endlessIn(text: string, { names, parsed }: Read): string | undefined {
  const plain = withoutTexts(text)
  const repeats = names.filter((each) => each === 'repeat').length
  if (repeats > (plain.match(endingRepeat) ?? []).length)
    return 'repeat() can go on without end here: only repeat(item) and repeat(item | answer.item) end'
  const tooMany = Object.entries(mostOf).find(
    ([name, most]) => names.filter((each) => each === name).length > most,
  )
  if (tooMany) return `${tooMany[0]}() stands in it more than ${tooMany[1]} times`
  if ((plain.match(/\$this\b/g) ?? []).length > mostThis)
    return `$this stands in it more than ${mostThis} times`
  if (depthOf(parsed as Parsed) > deepest)
    return `Functions that go through everything stand more than ${deepest} deep in one another`
  return undefined
}

function depthOf({ type, children = [] }: Parsed): number {
  const name = type === 'Functn' ? (children[0]?.text ?? '').replaceAll('`', '') : ''
  return Number(goesThrough.includes(name)) + Math.max(0, ...children.map(depthOf))
}

function refusalOf(name: string): string | undefined {
  if (patterns.some((each) => each === name)) return patternWords(name)
  if (growing.includes(name)) return `${name}() cannot be used here: it can grow without end`
  return knownFunctions.has(name) ? undefined : `${name}() is not known here`
}

type Parsed = Readonly<{ type?: string; text?: string; children?: readonly Parsed[] }>

function functionsIn(parsed: unknown): readonly string[] {
  const { type, children = [] } = parsed as Parsed
  const own = type === 'Functn' ? [(children[0]?.text ?? '').replaceAll('`', '')] : []
  return [...own, ...children.flatMap(functionsIn)]
}

/** What the engine can work out without asking anybody. The clocks are there too: they say themselves why not. */
const knownFunctions: ReadonlySet<string> = new Set([
  ...['empty', 'not', 'exists', 'all', 'allTrue', 'anyTrue', 'allFalse', 'anyFalse', 'subsetOf'],
  ...['supersetOf', 'isDistinct', 'distinct', 'count', 'where', 'extension', 'select', 'coalesce'],
  ...['sort', 'sum', 'min', 'max', 'avg', 'weight', 'ordinal', 'single', 'first'],
  ...['last', 'type', 'ofType', 'is', 'as', 'tail', 'take', 'skip', 'combine', 'union'],
  ...['intersect', 'exclude', 'iif', 'trace', 'toInteger', 'toLong', 'toDecimal'],
  ...['toString', 'toDate', 'toDateTime', 'toTime', 'toBoolean', 'toQuantity', 'hasValue'],
  ...['getValue', 'convertsToBoolean', 'convertsToInteger', 'convertsToLong', 'convertsToDecimal'],
  ...['convertsToString', 'convertsToDate', 'convertsToDateTime', 'convertsToTime'],
  ...['convertsToQuantity', 'indexOf', 'lastIndexOf', 'substring', 'startsWith', 'endsWith'],
  ...['contains', 'upper', 'lower', 'replace', 'length', 'toChars', 'join', 'split', 'trim'],
  ...['encode', 'decode', 'escape', 'unescape', 'abs', 'ceiling', 'exp', 'floor', 'ln', 'log'],
  ...['power', 'round', 'sqrt', 'truncate', 'lowBoundary', 'highBoundary', 'now', 'today'],
  ...['timeOfDay', 'yearOf', 'monthOf', 'dayOf', 'hourOf', 'minuteOf', 'secondOf'],
  ...['millisecondOf', 'timezoneOffsetOf', 'dateOf', 'timeOf', 'repeat', 'children', 'descendants'],
])
