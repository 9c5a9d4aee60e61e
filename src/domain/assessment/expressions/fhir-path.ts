import type { QuestionnaireResponse } from '@medplum/fhirtypes'
import fhirpath, { type UserInvocationTable } from 'fhirpath'
import r4 from 'fhirpath/fhir-context/r4'

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
  return { ...clocks, weight, ordinal: weight }
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
  const options = { userInvocationTable: tableOf(weightOf), traceFn: () => undefined }
  const around = { ...variables, resource: response }
  if (place === '' && !isAbsent)
    return fhirpath.evaluate(response, text, { ...around, context: response }, r4, options)
  const [found] = isAbsent ? [{}] : fhirpath.evaluate(response, place, around, r4, options)
  return fhirpath.evaluate(found, text, { ...around, context: found }, r4, options)
}

/** The fault in an expression, as the parser says it; undefined if it can be read. */
export function faultInFhirPath(text: string): string | undefined {
  try {
    fhirpath.parse(text)
    return undefined
  } catch (fault) {
    return fault instanceof Error ? fault.message : String(fault)
  }
}
