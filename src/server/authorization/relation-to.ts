import { isStaff } from '#domain/access/actor.ts'
import type { Relation } from '#domain/access/decide.ts'
import type { Visit } from '#server/http/request-context.ts'
import { relationsSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { hasLastingAccess } from './lasting-access.ts'

/** How the one who asks stands to a person. Someone whose record she begins herself is named in it. */
export async function relationTo(visit: Visit, person: string | undefined): Promise<Relation> {
  const { actor, reach } = visit
  if (person === undefined) return 'nobody'
  if (actor.role === 'admin') return 'all'
  if (actor.person === person) return 'self'
  if (reach.shared.has(person)) return 'carer'
  if (!isStaff(actor)) return 'none'
  if (visit.born.has(person)) return 'named'
  const known = visit.reached.get(person) ?? (await relationOfStaff(visit, person))
  if (known !== 'none') visit.reached.set(person, known)
  return known
}

/**
 * True when those whom the writer names in a record of this person come in by name: when she does so herself, and not as
 * a guest by a referral.
 */
export async function mayVouch(visit: Visit, person: string | undefined): Promise<boolean> {
  const relation = await relationTo(visit, person)
  if (relation !== 'named') return ['all', 'self', 'nobody'].includes(relation)
  return person !== undefined && (await hasLastingAccess(visit, person))
}

type Row = Readonly<{ kind: string; named: boolean }>

async function relationOfStaff(visit: Visit, person: string): Promise<Relation> {
  const { people } = visit.reach.scope
  if (people.kind !== 'related') return 'none'
  const params = new Params()
  const text = relationsSql(people, person, params, visit.now)
  const { rows } = await visit.sql.query<Row>(text, params.values)
  const standing = rows.filter((row) => row.kind !== 'glass')
  if (standing.some((row) => row.named)) return 'named'
  if (rows.length > standing.length) return 'glass'
  return standing.length > 0 ? 'related' : 'none'
}
