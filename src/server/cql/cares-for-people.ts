import { type Actor, isStaff } from '#domain/access/actor.ts'

/** A program reads records; what is due it does not need. */
export const caresForPeople = (actor: Actor): boolean => isStaff(actor) && actor.role !== 'program'

/** … or reads the numbers alone. */
export const readsCounts = (actor: Actor): boolean =>
  caresForPeople(actor) || actor.role === 'manager' || actor.role === 'admin'
