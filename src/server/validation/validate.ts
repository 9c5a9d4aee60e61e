import type { OperationOutcomeIssue, Resource } from '@medplum/fhirtypes'
import { strangeNumberIn } from '#domain/decimal/digits.ts'
import { issueOf } from '#server/problem.ts'
import { faultOfPrimitive, isPrimitive } from './primitives.ts'
import definitions from './shapes.json' with { type: 'json' }

/** Every resource type of FHIR R4. */
const resourceTypes: ReadonlySet<string> = new Set(definitions.types)

type Element = Readonly<{ type: string; many: boolean; required: boolean; choice?: string }>
type Shape = Readonly<{
  elements: ReadonlyMap<string, Element>
  required: readonly string[]
  /** stem → the names of which one must be there */
  oneOf: ReadonlyMap<string, readonly string[]>
}>

const written = definitions.shapes as Readonly<Record<string, Readonly<Record<string, string>>>>
const shapes = new Map<string, Shape>()

/** Quantity by other names: profiles of it with the same elements. */
const sameAs: Readonly<Record<string, string>> = {
  Age: 'Quantity',
  Count: 'Quantity',
  Distance: 'Quantity',
  Duration: 'Quantity',
  SimpleQuantity: 'Quantity',
  MoneyQuantity: 'Quantity',
}

function shapeOf(name: string): Shape | undefined {
  const known = shapes.get(name)
  if (known) return known
  const source = written[name] ?? written[sameAs[name] ?? '']
  if (!source) return undefined
  const elements = new Map<string, Element>()
  const required: string[] = []
  const oneOf = new Map<string, readonly string[]>()
  for (const [key, text] of Object.entries(source)) {
    if (key.endsWith('[x]')) {
      oneOf.set(key, text.slice(1).split(' '))
      continue
    }
    const element = elementOf(text)
    elements.set(key, element)
    if (element.required) required.push(key)
  }
  const shape = { elements, required, oneOf }
  shapes.set(name, shape)
  return shape
}

function elementOf(text: string): Element {
  if (text.startsWith('?')) {
    const [stem = '', type = ''] = text.slice(1).split('|')
    return { type, many: false, required: false, choice: stem }
  }
  const required = text.startsWith('!')
  const rest = required ? text.slice(1) : text
  const many = rest.startsWith('*')
  return { type: many ? rest.slice(1) : rest, many, required }
}

/** The type of an element, `@`… for one of the record's own; undefined if it is not known. */
export const typeOfElement = (type: string, element: string): string | undefined =>
  shapeOf(type)?.elements.get(element)?.type

type Check = Readonly<{ issues: OperationOutcomeIssue[] }>
const enough = 20

const tooStrange = 'is a number too large, too small or too long to be stored'

/**
 * What is wrong with a record, each with the path to it: unknown or missing elements, wrong types, one where a list
 * belongs, malformed primitives, codes outside a required set. Types that are not in the list of
 * `scripts/fhir-shapes.mjs` are checked for id and JSON only. An empty result means that it may be stored.
 */
export function validateResource(resource: Resource): readonly OperationOutcomeIssue[] {
  const strange = strangeNumberIn(resource, resource.resourceType)
  if (strange) return [issueOf('value', `${strange} ${tooStrange}`, strange)]
  const issues: OperationOutcomeIssue[] = []
  checkResource(resource, resource.resourceType, { issues })
  return issues
}

function checkResource(value: unknown, path: string, check: Check): void {
  const type = (value as { resourceType?: unknown } | null)?.resourceType
  if (typeof type !== 'string' || !resourceTypes.has(type)) {
    add(check, 'structure', `${path} is not a resource of FHIR R4`, path)
    return
  }
  if (written[type]) checkObject(value, { type, path, check })
}

type Place = Readonly<{ type: string; path: string; check: Check }>

function checkObject(value: unknown, { type, path, check }: Place): void {
  const shape = shapeOf(type)
  if (!shape) return
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    add(check, 'structure', `${path} must be one ${type.split('_').at(-1)}`, path)
    return
  }
  const record = value as Readonly<Record<string, unknown>>
  if (Object.keys(record).length === 0) add(check, 'structure', `${path} is empty`, path)
  checkPresence(record, shape, { type, path, check })
  const chosen = new Map<string, string>()
  for (const [name, each] of Object.entries(record)) {
    if (check.issues.length >= enough) return
    checkElement(name, each, { shape, path, check, chosen })
  }
}

function checkPresence(
  record: Readonly<Record<string, unknown>>,
  shape: Shape,
  place: Place,
): void {
  for (const name of shape.required) mustHave(record, name, place)
  for (const [stem, names] of shape.oneOf) {
    if (names.some((name) => name in record || `_${name}` in record)) continue
    const path = `${place.path}.${stem}`
    add(place.check, 'required', `${path} is missing`, path)
  }
}

function mustHave(record: Readonly<Record<string, unknown>>, name: string, place: Place): void {
  if (record[name] !== undefined || record[`_${name}`] !== undefined) return
  const path = `${place.path}.${name}`
  add(place.check, 'required', `${path} is missing`, path)
}

type Inside = Readonly<{ shape: Shape; path: string; check: Check; chosen: Map<string, string> }>

function checkElement(name: string, value: unknown, inside: Inside): void {
  const { shape, check } = inside
  const path = `${inside.path}.${name}`
  if (name === 'resourceType') return
  if (name.startsWith('_')) {
    if (!shape.elements.has(name.slice(1))) add(check, 'structure', `${path} is unknown`, path)
    return
  }
  const element = shape.elements.get(name)
  if (!element) {
    add(check, 'structure', `${path} is not an element of this type`, path)
    return
  }
  if (element.choice) checkChoice(element.choice, name, inside)
  if (!element.many) {
    checkValue(value, { type: element.type, path, check })
    return
  }
  checkList(value, { type: element.type, path, check })
}

function checkList(value: unknown, { type, path, check }: Place): void {
  if (!Array.isArray(value)) add(check, 'structure', `${path} must be a list`, path)
  else if (value.length === 0) add(check, 'structure', `${path} is an empty list`, path)
  else
    for (const [index, each] of value.entries()) {
      if (each === null && isPrimitive(type)) continue
      checkValue(each, { type, path: `${path}[${index}]`, check })
    }
}

function checkChoice(stem: string, name: string, { chosen, path, check }: Inside): void {
  const other = chosen.get(stem)
  if (other) add(check, 'structure', `${path}: only one of ${other} and ${name} is allowed`, path)
  chosen.set(stem, name)
}

function checkValue(value: unknown, { type, path, check }: Place): void {
  if (type === 'Resource') checkResource(value, path, check)
  else if (isPrimitive(type)) {
    const fault = faultOfPrimitive(type, value)
    if (fault)
      add(check, type.startsWith('code:') ? 'code-invalid' : 'value', `${path} ${fault}`, path)
  } else checkObject(value, { type: type.startsWith('@') ? type.slice(1) : type, path, check })
}

function add(check: Check, code: OperationOutcomeIssue['code'], text: string, path: string): void {
  if (check.issues.length < enough) check.issues.push(issueOf(code, text, path))
}
