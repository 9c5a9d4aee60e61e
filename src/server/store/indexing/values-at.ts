import { referenceTarget } from '#domain/fhir/reference-target.ts'

export type Json = Readonly<{ [property: string]: unknown }>

type Step = Readonly<{
  property: string
  keep: (value: unknown) => boolean
  firstOnly: boolean
}>

const steps = new Map<string, readonly Step[]>()

/** The values that a compiled path (`telecom[system=phone].value`) finds in a record, lists flattened. */
export function valuesAt(record: unknown, path: string): readonly unknown[] {
  let found: unknown[] = [record]
  for (const step of stepsOf(path)) {
    const next: unknown[] = []
    for (const each of found) if (isJson(each)) collect(each, step, next)
    if (next.length === 0) return next
    found = next
  }
  return found
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function collect(from: Json, step: Step, into: unknown[]): void {
  const value = from[step.property]
  if (value === undefined || value === null) return
  if (!Array.isArray(value)) {
    if (step.keep(value)) into.push(value)
    return
  }
  const list = step.firstOnly ? value.slice(0, 1) : value
  for (const each of list) if (step.keep(each)) into.push(each)
}

function stepsOf(path: string): readonly Step[] {
  const cached = steps.get(path)
  if (cached) return cached
  const made = path.split('.').map(stepFrom)
  steps.set(path, made)
  return made
}

function stepFrom(text: string): Step {
  const [, property = '', condition] = /^(\w+)(?:\[(.+)\])?$/.exec(text) ?? []
  return { property, keep: keeper(condition), firstOnly: condition === '0' }
}

function keeper(condition: string | undefined): (value: unknown) => boolean {
  if (condition === undefined || !condition.includes('=')) return () => true
  const [name = '', wanted = ''] = condition.split('=')
  if (name === 'is') return (value) => isReferenceTo(value, wanted)
  return (value) => isJson(value) && value[name] === wanted
}

function isReferenceTo(value: unknown, type: string): boolean {
  if (!isJson(value)) return false
  if (typeof value['reference'] === 'string' && referenceTarget(value['reference'])?.type === type)
    return true
  return value['type'] === type
}
