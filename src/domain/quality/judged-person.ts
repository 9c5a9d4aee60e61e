import { clauseThatDecided } from './clause-that-decided.ts'
import type { ElmLibrary } from './elm.ts'

export const populationCodes = [
  'initial-population',
  'denominator',
  'denominator-exclusion',
  'denominator-exception',
  'numerator',
  'numerator-exclusion',
] as const
export type PopulationCode = (typeof populationCodes)[number]

/** Which definition of the library stands for which population of the measure. */
export type Populations = Readonly<Partial<Record<PopulationCode, string>>>

/** `met`: in the numerator; `unmet`: not in it; `left-out`: excluded; `outside`: the measure is not about this person. */
export type Standing = 'met' | 'unmet' | 'left-out' | 'outside'

/** What a measure says of one person, and the definition that decided it, in words. */
export type JudgedPerson = Readonly<{
  person: string
  standing: Standing
  why: string
  /** what `why` names is so; false: it is not so, or not known */
  holds: boolean
}>

/** What the measure makes of the results of its definitions for one person (FHIR R4, proportion scoring). */
export function judgedPerson(
  person: string,
  { library, populations }: Readonly<{ library: ElmLibrary; populations: Populations }>,
  results: Readonly<Record<string, unknown>>,
): JudgedPerson {
  const holds = (code: PopulationCode) => {
    const name = populations[code]
    return name !== undefined && results[name] === true
  }
  const decided = (standing: Standing, code: PopulationCode): JudgedPerson => {
    const name = populations[code] ?? ''
    const why = name && clauseThatDecided(library, name, results)
    return { person, standing, why, holds: holds(code) }
  }
  const mustHold = (['initial-population', 'denominator'] as const).find((code) => !holds(code))
  if (mustHold) return decided('outside', mustHold)
  if (holds('denominator-exclusion')) return decided('left-out', 'denominator-exclusion')
  if (holds('numerator') && holds('numerator-exclusion'))
    return decided('unmet', 'numerator-exclusion')
  if (holds('numerator')) return decided('met', 'numerator')
  if (holds('denominator-exception')) return decided('left-out', 'denominator-exception')
  return decided('unmet', 'numerator')
}
