import { type Actor, isStaff } from '#domain/access/actor.ts'

/** The reference of the actor in what is said about this person: as a professional, as the person, or as a carer of this person. */
export function ownNameFor(actor: Actor, person: string | undefined): string | undefined {
  if (isStaff(actor)) return actor.practitioner && `Practitioner/${actor.practitioner}`
  if (actor.person) return `Patient/${actor.person}` === person ? person : undefined
  const carer = actor.caresFor?.find((each) => `Patient/${each.person}` === person)
  return carer && `RelatedPerson/${carer.relatedPerson}`
}
