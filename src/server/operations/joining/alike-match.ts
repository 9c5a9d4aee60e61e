import type { RequestContext } from '#server/http/request-context.ts'

/** What somebody decided about two records that look alike; all null: nobody yet. */
export type AlikeMatch = Readonly<{ decision: string | null; by: string | null; at: string | null }>

export const alikeMatchSql = `m.decision, m.decided_by as by,
  to_char(m.decided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at`

/** Whoever undoes a decision, or decides against it, names it by this. */
export const decidedSeen = ({ decision, at }: Pick<AlikeMatch, 'decision' | 'at'>): string =>
  `${decision} ${at}`

/** Locked until the end; undefined if the two were never listed as alike. */
export async function lockedMatch(
  { service }: RequestContext,
  pair: readonly string[],
): Promise<AlikeMatch | undefined> {
  const { rows } = await service.sql.query<AlikeMatch>(
    `select ${alikeMatchSql} from possible_match m
     where m.person = any($1::text[]) and m.other = any($1::text[]) for update`,
    [pair],
  )
  return rows[0]
}
