import { type Actor, isStaff, type Role } from '#domain/access/actor.ts'

/** Professionals of an organisation write rules for it. A program writes none. */
export const mayWriteRules = (actor: Actor): boolean =>
  isStaff(actor) && actor.role !== 'program' && Boolean(actor.organisation && actor.practitioner)

/** Those who also read them: managers, rounded and without names, and administrators. */
export const mayReadRules = (actor: Actor): boolean =>
  mayWriteRules(actor) || (isReader.includes(actor.role) && Boolean(actor.organisation))
const isReader: readonly Role[] = ['manager', 'admin']

/** Whose yes counts: those who answer for whom an organisation takes on. */
export const agreeingRoles: readonly Role[] = ['gp', 'nurse-case-manager']

export const mayAgreeToRules = (actor: Actor): boolean =>
  mayWriteRules(actor) && agreeingRoles.includes(actor.role)
