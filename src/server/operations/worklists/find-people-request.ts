import type { Parameters, Resource } from '@medplum/fhirtypes'
import { frailtyBands } from '#domain/risk/frailty.ts'
import { plainWords } from '#domain/risk/plain-words.ts'
import { FhirProblem } from '#server/problem.ts'

const bands: readonly string[] = frailtyBands
const knownKinds = ['no-coordinator', 'on-caseload', 'not-now', 'all'] as const
export type Known = (typeof knownKinds)[number]

export type FindPeople = Readonly<{
  /** plain words, each the beginning of a name or number */
  words: readonly string[]
  band?: string
  ageFrom?: number
  ageTo?: number
  condition?: string
  known: Known
  /** true: only people without any coded condition, who have no score */
  unscored: boolean
  count: number
  offset: number
}>

/** Reads `Parameters` text, band, ageFrom, ageTo, condition, known, unscored, count and offset; all may be absent. Throws 400 on others' values. */
export function findPeopleRequest(body: Resource | undefined): FindPeople {
  const parameters = body?.resourceType === 'Parameters' ? body : undefined
  return {
    words: wordsOf(textOf(parameters, 'text') ?? ''),
    ...given('band', bandOf(parameters)),
    ...given('ageFrom', numberOf(parameters, 'ageFrom')),
    ...given('ageTo', numberOf(parameters, 'ageTo')),
    ...given('condition', textOf(parameters, 'condition')),
    known: knownOf(parameters),
    unscored: parameterOf(parameters, 'unscored')?.valueBoolean ?? false,
    count: Math.min(100, numberOf(parameters, 'count') ?? 20),
    offset: numberOf(parameters, 'offset') ?? 0,
  }
}

function given<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): Readonly<Partial<Record<Name, Value>>> {
  return (value === undefined ? {} : { [name]: value }) as Partial<Record<Name, Value>>
}

function bandOf(parameters: Parameters | undefined): string | undefined {
  const band = textOf(parameters, 'band')
  if (band !== undefined && !bands.includes(band)) throw invalid('band', bands)
  return band
}

function knownOf(parameters: Parameters | undefined): Known {
  const known = textOf(parameters, 'known') ?? 'no-coordinator'
  if (!isKnown(known)) throw invalid('known', knownKinds)
  return known
}

/** A number may be written in groups: "999 100 1018" is one word. */
function wordsOf(text: string): readonly string[] {
  const isNumber = /^[\d\s-]+$/.test(text)
  return plainWords(isNumber ? text.replace(/[\s-]/g, '') : text)
}

function parameterOf(parameters: Parameters | undefined, name: string) {
  return parameters?.parameter?.find((each) => each.name === name)
}

function textOf(parameters: Parameters | undefined, name: string): string | undefined {
  const found = parameterOf(parameters, name)
  return (found?.valueString ?? found?.valueCode)?.trim() || undefined
}

function numberOf(parameters: Parameters | undefined, name: string): number | undefined {
  const value = parameterOf(parameters, name)?.valueInteger
  if (value === undefined) return undefined
  if (!Number.isInteger(value) || value < 0 || value > 1_000_000)
    throw new FhirProblem(400, 'invalid', `${name} must be a whole number, zero or more`)
  return value
}

function isKnown(text: string): text is Known {
  return knownKinds.some((each) => each === text)
}

function invalid(name: string, choices: readonly string[]): FhirProblem {
  return new FhirProblem(400, 'invalid', `${name} must be one of ${choices.join(', ')}`)
}
