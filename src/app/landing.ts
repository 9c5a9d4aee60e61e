import type { Actor } from '#domain/access/actor.ts'

/** The page on which each role begins. */
export function landingFor(actor: Actor): string {
  if (actor.role === 'person' || actor.role === 'carer') return '/my'
  if (actor.role === 'manager') return '/insight'
  return actor.role === 'admin' ? '/import' : '/today'
}
