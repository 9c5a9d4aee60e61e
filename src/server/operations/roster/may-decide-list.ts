import type { Actor } from '#domain/access/actor.ts'
import { note, type RequestContext } from '#server/http/request-context.ts'
import { forbidden } from '#server/problem.ts'
import { foldListCounts } from '#server/store/summary/fold-list-counts.ts'

/** Importers, for their own organisation; administrators for every one. */
export function mayDecideList({ role, organisation }: Actor, practice: string): boolean {
  return role === 'admin' || (role === 'nurse-case-manager' && organisation === practice)
}

export function mustDecideFor(actor: Actor, practice: string): void {
  if (!mayDecideList(actor, practice))
    throw forbidden(
      'Only an administrator, or a nurse of this practice, can say that a list is whole',
    )
}

/** One after the other: two lists of one practice at once would each be compared with what was before both. */
export async function lockRoster({ service }: RequestContext, practice: string): Promise<void> {
  await service.sql.query('select pg_advisory_xact_lock(hashtext($1))', [`roster ${practice}`])
}

/** Who left or came back was written in no record: counts that are kept do not hear of it by themselves. */
export async function countAnew({ service }: RequestContext): Promise<void> {
  await foldListCounts(service.sql)
  service.tellCounted?.()
}

export async function noteOnRoster(
  inside: RequestContext,
  people: readonly string[],
  noted: Readonly<{ act: 'R' | 'U'; way: string }>,
): Promise<void> {
  if (people.length === 0) return
  await note(inside, new Map(people.map((id) => [id, [`Patient/${id}`]])), noted)
}
