import type { Resource } from '@medplum/fhirtypes'
import type { OptOutKind } from '#domain/opt-out/is-opt-out.ts'
import { FhirProblem } from '#server/problem.ts'
import type { ReadingSql } from '#server/store/sql.ts'

/** True for a person (an SQL expression for the id of their Patient) who said no to this. */
export const optedOutSql = (person: string, kind: OptOutKind): string =>
  `exists (select 1 from person_row o where o.person = ${person} and '${kind}' = any(o.opted_out))`

const openings = ['planned', 'waitlist', 'active', 'onhold']

/** A case begins, or goes on after a pause. */
function startsCase(before: Resource | undefined, after: Resource): boolean {
  if (after.resourceType !== 'EpisodeOfCare' || !openings.includes(after.status)) return false
  const from = before?.resourceType === 'EpisodeOfCare' ? before.status : undefined
  return from !== after.status && !(from === 'active' && after.status === 'onhold')
}

const saidNoToCase =
  'This person said no to case management. A case can start only after they take that back'

/** Nobody is taken on while they say no to case management. Throws 422. */
export async function guardOptedOut(
  sql: ReadingSql,
  resource: Resource,
  { person, before }: Readonly<{ person: string | undefined; before: Resource | undefined }>,
): Promise<void> {
  if (!person || !startsCase(before, resource)) return
  await mustAllowCase(sql, person, 'EpisodeOfCare.status')
}

/** Throws 422 while the person says no to case management. */
export async function mustAllowCase(
  sql: ReadingSql,
  person: string,
  expression: string,
): Promise<void> {
  if (await isOptedOut(sql, person, 'case'))
    throw new FhirProblem(422, 'business-rule', saidNoToCase, { expression })
}

export async function isOptedOut(
  sql: ReadingSql,
  person: string,
  kind: OptOutKind,
): Promise<boolean> {
  const { rows } = await sql.query(
    `select 1 from person_row where person = $1 and $2 = any(opted_out)`,
    [person, kind],
  )
  return rows.length > 0
}
