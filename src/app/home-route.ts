import type { Actor } from '#domain/access/actor.ts'
import { mayOpen } from './route-access.ts'

/** The page that was asked for when it is one for this role, else the page on which the role begins. */
export function landingFor(actor: Actor, asked = ''): string {
  if (/^\/(?!sign-in|\/)./.test(asked) && mayOpen(actor, asked.split('?')[0] ?? '')) return asked
  if (mayOpen(actor, '/my')) return '/my'
  if (actor.role === 'manager') return '/insight'
  return actor.role === 'admin' ? '/import' : '/today'
}
