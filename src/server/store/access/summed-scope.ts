import type { Scope } from '#domain/access/scope.ts'
import type { Params } from '#server/store/params.ts'
import { personRowScopeSql } from './scope-sql.ts'

/** Kept sums of everybody. No organisation has this id. */
const everybody = '*'
/** Of nobody: the scope of who belongs to no organisation. */
const nobody = ''

/** Whose kept sums (migration 0050) hold whom the caller can see at once; undefined: no sums do. */
export function summedScope({ people, types }: Scope): string | undefined {
  if (types) return undefined
  if (people.kind === 'all') return everybody
  return people.kind === 'related' ? (people.organisation ?? nobody) : undefined
}

type Reader = Readonly<{ scope: Scope; now: Date; today: string }>

/**
 * Rows of `person_row` that the caller can see, and that are not in those sums: who is reached by name or by a relation
 * that ends, and who will leave the list. They are few, and looked up by these. Undefined if no sums are for the caller.
 */
export function reachedBesideSql(
  { scope, now, today }: Reader,
  table: string,
  params: Params,
): string | undefined {
  const sums = summedScope(scope)
  if (sums === undefined) return undefined
  const isSummed = [
    ...(sums === everybody
      ? []
      : [
          `${table}.room not in ('restricted', 'sealed') and ${params.add(sums, 'text')} = any(${table}.open_to)`,
        ]),
    `(${table}.left_on is null or coalesce(${table}.case_status, '') in ('active', 'onhold'))`,
  ]
  const leaves = `select q.person from person_row q where q.left_on > ${params.add(today, 'text')}`
  return `${table}.person in (${[...relatedSql(scope, params, now), leaves].join(' union all ')})
    and not (${isSummed.join(' and ')}) and ${personRowScopeSql(scope, table, params, now)}`
}

/** Whom the caller may reach beside their organisation, as statements that give people. */
export function relatedSql({ people }: Scope, params: Params, now: Date): readonly string[] {
  if (people.kind !== 'related') return []
  const { practitioner, organisation } = people
  return [
    ...(practitioner === undefined
      ? []
      : [`select l.person from relation l where l.agent = ${params.add(practitioner, 'text')}`]),
    ...(organisation === undefined
      ? []
      : [
          `select l.person from relation l where l.org = ${params.add(organisation, 'text')} and l.until > ${params.add(now, 'timestamptz')}`,
        ]),
  ]
}
