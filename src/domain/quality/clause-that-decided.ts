import { defsOf, type ElmLibrary, type ElmNode, isElmNode, textOf } from './elm.ts'

type Results = Readonly<Record<string, unknown>>

/** A name in CQL is in words already, or in capitals: “HasHighBloodPressure” becomes “Has high blood pressure”. */
export function plainName(name: string): string {
  if (name.includes(' ')) return name
  const words = name
    .replaceAll(/([a-z])([A-Z](?=[a-zA-Z]))/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replaceAll(/([a-z])(\d)/g, '$1 $2')
    .replaceAll(/(\d)([A-Z][a-z])/g, '$1 $2')
    .replaceAll(/[_.-]+/g, ' ')
    .trim()
    .split(' ')
  return words
    .map((word, at) => (at > 0 && /^[A-Z][a-z]+$/.test(word) ? lower(word) : word))
    .join(' ')
}

const lower = (word: string) => word.charAt(0).toLowerCase() + word.slice(1)

/** Definitions refer to each other; a circle would never end. */
const longestWay = 20

/**
 * The name of the definition that decided that `name` is not true: of several that must all be true, the first that is
 * not; followed through definitions that only name another. For one that is true, the definition that made it so.
 */
export function clauseThatDecided(library: ElmLibrary, name: string, results: Results): string {
  const statements = new Map(defsOf(library.statements).map((each) => [textOf(each, 'name'), each]))
  let at = name
  for (let step = 0; step < longestWay; step += 1) {
    const next = decidedBy(statements.get(at)?.['expression'], results, results[at] === true)
    if (!next || next === at) break
    at = next
  }
  return plainName(at)
}

/** The name that an expression stands on; undefined if it stands on more than names. */
function decidedBy(expression: unknown, results: Results, holds: boolean): string | undefined {
  if (!isElmNode(expression)) return undefined
  const type = textOf(expression, 'type')
  if (type === 'ExpressionRef' && !expression['libraryName']) return textOf(expression, 'name')
  const names = joinedNames(expression, type)
  const decides = type === 'And' ? !holds : holds
  if (!decides || names.length === 0) return undefined
  return names.find((each) => (results[each] === true) === holds)
}

function joinedNames(expression: ElmNode, type: string): readonly string[] {
  if (type !== 'And' && type !== 'Or') return []
  const operands = Array.isArray(expression['operand'])
    ? expression['operand'].filter(isElmNode)
    : []
  return operands.flatMap((operand) => {
    const inner = textOf(operand, 'type')
    if (inner === 'ExpressionRef' && !operand['libraryName']) return [textOf(operand, 'name')]
    return inner === type ? joinedNames(operand, inner) : []
  })
}
