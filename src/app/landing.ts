import type { Actor } from '#domain/access/actor.ts'

/** The page that was asked for when it is one for this role, else the page on which the role begins. */
export function landingFor(actor: Actor, asked = ''): string {
  const isAtHome = actor.role === 'person' || actor.role === 'carer'
  if (isAtHome ? /^\/my(\/|$)/.test(asked) : /^\/(?!my(\/|$)|sign-in|\/)./.test(asked)) return asked
  if (isAtHome) return '/my'
  if (actor.role === 'manager') return '/insight'
  return actor.role === 'admin' ? '/import' : '/today'
}
