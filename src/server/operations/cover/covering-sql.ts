import type { Covering } from '#domain/cover/away-now.ts'
import type { Params } from '#server/store/params.ts'

/** A case (`EpisodeOfCare`) of somebody who is away and whose people the reader looks after. */
export function coveringSql(
  table: string,
  { all, except, some }: Covering,
  params: Params,
): string {
  const text = (values: readonly string[]) => params.add([...values], 'text[]')
  const coordinator = `${table}.content #>> '{careManager,reference}'`
  const parts = [
    ...(all.length > 0
      ? [`(${coordinator} = any(${text(all)}) and not ${table}.person = any(${text(except)}))`]
      : []),
    ...(some.length > 0
      ? [
          `(${table}.person, ${coordinator}) in (select * from unnest(${text(some.map(({ person }) => person))}, ${text(some.map(({ absent }) => absent))}))`,
        ]
      : []),
  ]
  return parts.length > 0 ? `(${parts.join(' or ')})` : 'false'
}
