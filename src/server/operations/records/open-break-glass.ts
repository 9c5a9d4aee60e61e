import type { Flag } from '@medplum/fhirtypes'
import {
  type BreakGlassGrant,
  breakGlassFromFhir,
  breakGlassMinutes,
} from '#domain/access/break-glass.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { storedRecord } from '#server/store/stored-json.ts'

type Row = Readonly<{ content: Flag | string }>

/** The caller’s own emergency openings of this person’s record that have not expired. */
export async function openBreakGlass(
  context: RequestContext,
  person: string,
): Promise<readonly BreakGlassGrant[]> {
  const { rows } = await context.service.sql.query<Row>(
    `select r.content from resource r join relation l on l.source_rid = r.rid
     where l.kind = 'glass' and l.person = $1 and l.agent = $2 and l.until > $3::timestamptz
       and l.until < $3::timestamptz + make_interval(mins => ${breakGlassMinutes + 5})
     order by r.rid`,
    [person, context.actor.practitioner ?? '', context.now],
  )
  return rows.flatMap(({ content }) => {
    const flag = storedRecord<Flag>(content)
    return breakGlassFromFhir(flag) ?? []
  })
}
