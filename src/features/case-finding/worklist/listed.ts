import { caseSeen } from '#domain/case/decide-people.ts'
import type { FoundPerson } from '#domain/case/find-people.ts'
import type { Decidable } from '#features/case-finding/deciding/use-decisions.tsx'
import { hasLeft } from '#features/parts/record/left-list.tsx'

/** Somebody on the list with what stands there about their case, so that nobody decides over an unseen decision. */
export const listed = (person: FoundPerson): Decidable => ({
  id: person.id,
  ...(person.family ? { family: person.family } : {}),
  ...(person.given ? { given: person.given } : {}),
  seen: caseSeen(person),
})

/** They live, are on a list, their record is in use, they have no coordinator and did not say no to one. */
export const mayBeDecided = (person: FoundPerson): boolean => {
  const { died, setAside, noCase, caseStatus } = person
  const isOpen = caseStatus === 'active' || caseStatus === 'onhold'
  return !died && !setAside && !noCase && !isOpen && !hasLeft(person)
}
