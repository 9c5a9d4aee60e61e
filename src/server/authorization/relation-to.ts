import { isStaff } from '#domain/access/actor.ts'
import type { AccessRelation } from '#domain/access/decide.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { type KnownRelation, rememberRelation } from '#server/http/request-memory.ts'
import { relationsSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { lastingSql } from './lasting-access.ts'

/** The actor's relation to a person. An actor who starts the person's record is named in it. */
export async function relationTo(
  context: RequestContext,
  person: string | undefined,
): Promise<AccessRelation> {
  const { actor, accessScope: reach } = context
  if (person === undefined) return 'nobody'
  if (actor.role === 'admin') return 'all'
  if (actor.person === person) return 'self'
  if (reach.shared.has(person)) return 'carer'
  if (!isStaff(actor)) return 'none'
  if (context.createdPatients.has(person)) return 'named'
  return (await reachedOf(context, person)).relation
}

async function reachedOf(context: RequestContext, person: string): Promise<KnownRelation> {
  const known = context.relationCache.get(person) ?? (await relationOfStaff(context, person))
  rememberRelation(context, person, known)
  return known
}

/**
 * True if people named by this writer in a record of this person count as named: the writer is named themselves, and
 * not as a guest by a referral.
 */
export async function mayVouch(
  context: RequestContext,
  person: string | undefined,
): Promise<boolean> {
  const relation = await relationTo(context, person)
  if (relation !== 'named') return ['all', 'self', 'nobody'].includes(relation)
  if (person === undefined) return false
  return context.createdPatients.has(person) || (await reachedOf(context, person)).isLasting
}

type Row = Readonly<{ kind: string; named: boolean; lasting: boolean }>

/** The actor’s relation to a person, and whether it ends by itself, in one statement. */
async function relationOfStaff(context: RequestContext, person: string): Promise<KnownRelation> {
  const { people } = context.accessScope.scope
  if (people.kind !== 'related') return { relation: 'none', isLasting: false }
  const params = new Params()
  const relations = relationsSql(people, person, params, context.now)
  const text = `select r.*, ${lastingSql(context, person, params)} as lasting from (${relations}) r`
  const { rows } = await context.sql.query<Row>(text, params.values)
  return { relation: relationIn(rows), isLasting: rows.some((row) => row.lasting) }
}

function relationIn(rows: readonly Row[]): AccessRelation {
  const standing = rows.filter((row) => row.kind !== 'glass')
  if (standing.some((row) => row.named)) return 'named'
  if (rows.length > standing.length) return 'break-glass'
  return standing.length > 0 ? 'related' : 'none'
}
