import type { DetectedIssue } from '@medplum/fhirtypes'
import { declineFromFhir } from '#domain/quality/decline-fhir.ts'
import type { GapDecline } from '#domain/quality/gap.ts'
import { sha256Hex } from '#server/sha256.ts'
import { Params } from '#server/store/params.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

/** One place for each person and measure: two devices write the same record. */
export const declineId = (person: string, measure: string): string =>
  `gap-${sha256Hex(`${person} ${measure}`).slice(0, 40)}`

type Read = Readonly<{
  persons: readonly string[]
  zone: string
  seen: (params: Params) => string
}>

/** What was declined, by person and measure (`person measure`). */
export async function declinesOf(
  sql: ReadingSql,
  { persons, zone, seen }: Read,
): Promise<ReadonlyMap<string, GapDecline>> {
  const params = new Params()
  const { rows } = await sql.query<{ content: DetectedIssue | string }>(
    `select r.content from resource r where r.rt = 'DetectedIssue' and r.content is not null
     and r.person = any(${params.add([...persons], 'text[]')}) and r.id like 'gap-%' and ${seen(params)}`,
    params.values,
  )
  const found = rows.flatMap(({ content }) => {
    const read = declineFromFhir(storedRecord<DetectedIssue>(content), zone)
    return read ? [[`${read.person} ${read.measure}`, read.decline] as const] : []
  })
  return new Map(found)
}
