import type { Covering } from '#domain/cover/away-now.ts'
import type { Params } from '#server/store/params.ts'

/** A case (`EpisodeOfCare`) of somebody who is away from where it is managed, and whose people the reader looks after. */
export function coveringSql(
  table: string,
  { all, except, some }: Covering,
  params: Params,
): string {
  const text = (values: readonly string[]) => params.add([...values], 'text[]')
  const coordinator = `${table}.content #>> '{careManager,reference}'`
  const managing = `${table}.content #>> '{managingOrganization,reference}'`
  const isFrom = `a.absent = ${coordinator} and (a.place = '' or a.place = coalesce(${managing}, a.place))`
  const columnsOf = (from: Covering['all']) =>
    `${text(from.map(({ absent }) => absent))}, ${text(from.map(({ organisation }) => organisation))}`
  const parts = [
    ...(all.length > 0
      ? [
          `(${coordinator} = any(${text(all.map(({ absent }) => absent))}) and not ${table}.person = any(${text(except)})
            and exists (select 1 from unnest(${columnsOf(all)}) as a (absent, place) where ${isFrom}))`,
        ]
      : []),
    ...(some.length > 0
      ? [
          `exists (select 1 from unnest(${columnsOf(some)}, ${text(some.map(({ person }) => person))}) as a (absent, place, person)
            where a.person = ${table}.person and ${isFrom})`,
        ]
      : []),
  ]
  return parts.length > 0 ? `(${parts.join(' or ')})` : 'false'
}
