import type { Actor } from '#domain/access/actor.ts'
import { hasRouteAccess } from './route-access.ts'

/** The page that was asked for if it is one for this role, otherwise the first page of the role. */
export function homeRouteFor(actor: Actor, path = ''): string {
  if (/^\/(?!sign-in|\/)./.test(path) && hasRouteAccess(actor, path.split('?')[0] ?? ''))
    return path
  if (hasRouteAccess(actor, '/my')) return '/my'
  if (actor.role === 'manager') return '/insight'
  return actor.role === 'admin' ? '/import' : '/today'
}
