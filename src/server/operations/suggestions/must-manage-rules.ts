import type { Actor } from '#domain/access/actor.ts'
import { forbidden } from '#server/problem.ts'

/** Rules on answers and cards are changed by managers and administrators. Throws 403. */
export function mustManageRules({ role }: Pick<Actor, 'role'>): void {
  if (role !== 'admin' && role !== 'manager')
    throw forbidden('Only a manager or an administrator can change a rule')
}
