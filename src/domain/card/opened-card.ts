import { integer, parameters, text } from '#domain/fhir/parameters.ts'
import type { Essentials } from '#domain/plan/worse/essentials.ts'
import { essentialsShape } from '#domain/plan/worse/essentials-answer.ts'

/** What somebody says who opens a card by its link. */
export const cardOpeningRequest = parameters({ token: text, name: text, role: text, why: text })

/** What they see. The age instead of the date of birth; 0: not known. */
export const openedCard = parameters({ ...essentialsShape, age: integer })

/** Of the essentials what helps a stranger: no date of birth, no illnesses, not who is ill at home. */
export function forStranger(all: Essentials): Essentials {
  const { amber: _notRed, ...rest } = all
  const situations = all.situations.filter(({ level }) => level === 'red')
  return { ...rest, situations, birthDate: '', illnesses: [], carersIll: [], crisis: [] }
}
