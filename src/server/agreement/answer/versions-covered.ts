import type { CarePlan, Resource } from '@medplum/fhirtypes'
import { contentsOf, isWhatIf } from '#domain/plan/fhir.ts'
import type { Sql } from '#server/store/sql.ts'

/** One version of a plan: the current one, or an earlier one that somebody signed on paper. */
export type AnsweredPlan = Readonly<{
  version: number
  person: string
  content: CarePlan & { id: string }
  /** of an earlier version: when the next one was stored */
  until?: string | undefined
}>

/** One version of something in a plan: `Goal/1/_history/2`, and what it says. */
export type CoveredVersion = Readonly<{ version: string; content: Resource }>

/** The versions of everything in the plan at that time. What to do if things get worse is a record of its own. */
export async function versionsCovered(
  sql: Sql,
  plan: AnsweredPlan,
): Promise<readonly CoveredVersion[]> {
  const { person, content, until } = plan
  const named = [person, [...contentsOf(content)], content.id]
  const wanted = `person = $1 and (rt || '/' || id = any($2::text[]) or (rt = 'CarePlan' and id <> $3))`
  const { rows } = until
    ? await sql.query<Row>(
        `select rt, id, vid, content from (
          select distinct on (rt, id) rt, id, vid, content from (
            select rt, id, vid, ts, content from resource where ${wanted} and ts < $4
            union all select rt, id, vid, ts, content from history where ${wanted} and ts < $4
          ) versions order by rt, id, vid desc
        ) then_ where content is not null order by rt, id`,
        [...named, until],
      )
    : await sql.query<Row>(
        `select rt, id, vid, content from resource where content is not null and ${wanted} order by rt, id`,
        named,
      )
  return rows
    .filter((each) => each.content.resourceType !== 'CarePlan' || isWhatIf(each.content))
    .map(({ rt, id, vid, content: each }) => ({
      version: `${rt}/${id}/_history/${vid}`,
      content: each,
    }))
}

type Row = Readonly<{ rt: string; id: string; vid: number; content: Resource }>

/** An earlier version as it stood, and when it was made; undefined if there was none. */
export async function earlierPlan(
  sql: Sql,
  { person, content: { id } }: AnsweredPlan,
  version: number,
): Promise<(AnsweredPlan & Readonly<{ made: string }>) | undefined> {
  const { rows } = await sql.query<{ vid: number; ts: Date | string; content: CarePlan | null }>(
    `select vid, ts, content from history where rt = 'CarePlan' and id = $1 and person = $2 and vid in ($3, $4)
     union all select vid, ts, content from resource where rt = 'CarePlan' and id = $1 and person = $2 and vid in ($3, $4)`,
    [id, person, version, version + 1],
  )
  const found = rows.find(({ vid }) => vid === version)
  const next = rows.find(({ vid }) => vid === version + 1)
  if (!found?.content) return undefined
  return {
    ...{ version, person, content: { ...found.content, id } },
    made: new Date(found.ts).toISOString(),
    ...(next ? { until: new Date(next.ts).toISOString() } : {}),
  }
}
