import type { Actor } from '#domain/access/actor.ts'

type Changer = Pick<Actor, 'role' | 'organisation'> | undefined

/**
 * Whether the one who writes an entry may say that this organisation (empty: none) answers it, where `before` did.
 * Nobody turns what others are asked to another organisation: it says so itself, or an administrator does.
 */
export function mayAnswer(after: string, before: string, actor: Changer): boolean {
  if (after === before || actor?.role === 'admin') return true
  return [before, after].every((each) => each === '' || each === actor?.organisation)
}
