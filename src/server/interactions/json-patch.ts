import { copyOf, digitsAt, exactJson, setDigits } from '#domain/decimal/digits.ts'
import { exceedsJsonDepthLimit } from '#server/http/json-depth-limit.ts'
import { FhirProblem } from '#server/problem.ts'

/** One step of a JSON Patch (RFC 6902). */
export type PatchStep = Readonly<{ op: string; path: string; from?: string; value?: unknown }>

type Json = Record<string, unknown> | unknown[]

const mostSteps = 1_000
/** Characters of JSON that all copies of one patch may add: each copy of a copy doubles a record. */
const mostCopied = 500_000
/** Indexes of one list. */
const mostMoved = 1_000

/** Applies the steps to a copy. 400 for a malformed patch, 422 for a step that does not apply or a `test` that fails. */
export function applyJsonPatch(document: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) throw new FhirProblem(400, 'structure', 'A JSON Patch must be a list')
  if (patch.length > mostSteps) throw tooCostly(`A JSON Patch may have at most ${mostSteps} steps`)
  let result: unknown = copyOf(document)
  const room = { left: mostCopied }
  for (const [index, step] of (patch as PatchStep[]).entries()) {
    if (!isStep(step)) throw malformed(index)
    result = applyStep(result, step, { index, room })
  }
  return result
}

function isStep(step: Partial<PatchStep> | null): step is PatchStep {
  const from = step?.from ?? ''
  return [step?.path, step?.op, from].every((each) => typeof each === 'string')
}

const malformed = (index: number) =>
  new FhirProblem(400, 'structure', `Step ${index} of the patch is malformed`)
const misfit = (index: number, why: string) =>
  new FhirProblem(422, 'processing', `Step ${index} of the patch cannot be applied: ${why}`)

const tooCostly = (why: string) => new FhirProblem(422, 'too-costly', why)

type Place = Readonly<{ index: number; room: { left: number } }>

function applyStep(root: unknown, step: PatchStep, { index, room }: Place): unknown {
  switch (step.op) {
    case 'add':
    case 'replace':
      if (!('value' in step)) throw malformed(index)
      return set(root, step, index)
    case 'remove':
      return take(root, step.path, index)
    case 'test':
      if (!same(get(root, step.path, index), step.value)) throw misfit(index, 'the test failed')
      return root
    case 'move': {
      const found = valueAt(root, step.from ?? '', index)
      const rest = take(root, step.from ?? '', index)
      return set(rest, { ...found, op: 'add', path: step.path }, index)
    }
    case 'copy': {
      const found = valueAt(root, step.from ?? '', index)
      const copy = { ...found, value: copied(found.value, room) }
      return set(root, { ...copy, op: 'add', path: step.path }, index)
    }
    default:
      throw malformed(index)
  }
}

function copied(value: unknown, room: Place['room']): unknown {
  const json = exactJson(value)
  room.left -= json.length
  if (room.left < 0 || exceedsJsonDepthLimit(json)) throw tooCostly('The patch copies too much')
  return copyOf(value)
}

function keysOf(path: string, index: number): string[] {
  if (path === '') return []
  if (!path.startsWith('/')) throw malformed(index)
  const keys = path.slice(1).split('/')
  if (keys.includes('__proto__')) throw malformed(index)
  return keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function get(root: unknown, path: string, index: number): unknown {
  let here = root
  for (const key of keysOf(path, index)) {
    if (!isIn(here, key)) {
      throw misfit(index, `${path} does not exist`)
    }
    here = (here as Record<string, unknown>)[key]
  }
  return here
}

/** The digits of a number are stored beside it. */
function valueAt(root: unknown, path: string, index: number): Pick<PatchStep, 'value'> {
  const found = { value: get(root, path, index) }
  if (path === '') return found
  const { parent, key } = parentOf(root, path, index)
  return withDigits(found, 'value', digitsAt(parent, key))
}

function withDigits<T extends object>(holder: T, key: string, said: string | undefined): T {
  if (said !== undefined) setDigits(holder, key, said)
  return holder
}

/** In a list only its indexes: a list also has a `length`. */
function isIn(here: unknown, key: string): boolean {
  if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return false
  return !Array.isArray(here) || /^\d+$/.test(key)
}

function parentOf(root: unknown, path: string, index: number): { parent: Json; key: string } {
  const cut = path.lastIndexOf('/')
  const parent = get(root, path.slice(0, cut), index)
  if (typeof parent !== 'object' || parent === null) throw misfit(index, `${path} does not exist`)
  return { parent: parent as Json, key: keysOf(path, index).at(-1) ?? '' }
}

function set(root: unknown, step: PatchStep, index: number): unknown {
  if (step.path === '') return step.value
  const { parent, key } = parentOf(root, step.path, index)
  if (step.op === 'replace') get(root, step.path, index)
  if (!Array.isArray(parent)) parent[key] = step.value
  else if (step.op === 'replace') parent[Number(key)] = step.value
  else return inserted(root, parent, placeIn(parent, key, index), step)
  withDigits(parent, key, digitsAt(step, 'value'))
  return root
}

function inserted(root: unknown, list: unknown[], place: number, step: PatchStep): unknown {
  splice(list, place, 0, [step])
  return root
}

/** The digits of its numbers move with them; in a list longer than any real one they are dropped. */
function splice(list: unknown[], place: number, less: number, more: readonly PatchStep[]): void {
  const said = list.length > mostMoved ? [] : list.map((_, at) => digitsAt(list, String(at)))
  said.splice(place, less, ...more.map((each) => digitsAt(each, 'value')))
  list.splice(place, less, ...more.map((each) => each.value))
  for (const [at, each] of said.entries()) withDigits(list, String(at), each)
}

function placeIn(list: readonly unknown[], key: string, index: number): number {
  if (key === '-') return list.length
  if (!/^(0|[1-9]\d*)$/.test(key) || Number(key) > list.length) {
    throw misfit(index, `${key} is not a place in the list`)
  }
  return Number(key)
}

function take(root: unknown, path: string, index: number): unknown {
  if (path === '') throw malformed(index)
  get(root, path, index)
  const { parent, key } = parentOf(root, path, index)
  if (Array.isArray(parent)) splice(parent, Number(key), 1, [])
  else delete parent[key]
  return root
}

function same(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false
  const keys = Object.keys(one)
  return (
    Array.isArray(one) === Array.isArray(other) &&
    keys.length === Object.keys(other).length &&
    keys.every((key) => same((one as never)[key], (other as never)[key]))
  )
}
