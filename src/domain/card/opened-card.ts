import { integer, parameters, text } from '#domain/fhir/parameters.ts'
import type { Essentials } from '#domain/plan/worse/essentials.ts'
import { essentialsShape } from '#domain/plan/worse/essentials-answer.ts'

/** What somebody says who opens a card by its link. */
export const cardOpeningRequest = parameters({ token: text, name: text, role: text, why: text })

/** What they see. The age instead of the date of birth; 0: not known. */
export const openedCard = parameters({ ...essentialsShape, age: integer })

/**
 * Of the essentials what helps a stranger: no date of birth, not who is ill at home, no crisis plan; illnesses and
 * circumstances, what matters and who has the whole plan only if the person agreed to them for this card.
 */
export function forStranger(
  all: Essentials,
  { illnesses, matters }: Readonly<{ illnesses: boolean; matters: boolean }>,
): Essentials {
  const { amber: _notRed, ...rest } = all
  return {
    ...rest,
    ...{ birthDate: '', carersIll: [], crisis: [] },
    situations: all.situations.filter(({ level }) => level === 'red'),
    illnesses: illnesses ? all.illnesses : [],
    circumstances: illnesses ? all.circumstances : [],
    matters: matters ? all.matters : '',
    wholePlan: matters ? all.wholePlan : { coordinator: '', organisation: '', phone: '' },
  }
}
