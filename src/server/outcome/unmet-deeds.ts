import type { UnmetKind } from '#domain/outcome/unmet-needs.ts'
import type { ReadingSql, Sql } from '#server/store/sql.ts'

/** One version of what somebody wrote about unmet needs. */
export type WrittenDeed = Readonly<{
  id: string
  version: number
  kind: UnmetKind
  place: string
  words: string
  by: string
  organisation: string
  /** an instant */
  at: string
}>

/** All versions, the newest entries first, of each the newest version first. */
export async function writtenDeeds(sql: ReadingSql): Promise<readonly WrittenDeed[]> {
  const { rows } = await sql.query<WrittenDeed>(
    `select id, version, kind, place, words, written_by as by, organisation,
       to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
     from unmet_deed order by min(at) over (partition by id) desc, id, version desc`,
  )
  return rows
}

/** False if somebody wrote this version first. */
export async function keepDeed(sql: Pick<Sql, 'query'>, deed: WrittenDeed): Promise<boolean> {
  const { changed } = await sql.query(
    `insert into unmet_deed (id, version, kind, place, words, written_by, organisation, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id, version) do nothing`,
    [
      ...[deed.id, deed.version, deed.kind, deed.place, deed.words, deed.by],
      ...[deed.organisation, deed.at],
    ],
  )
  return changed > 0
}
