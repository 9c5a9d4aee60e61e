import type { Communication } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { askFromFhir, type MeetingAsk } from '#domain/meeting/ask-fhir.ts'
import { meetingAskCode } from '#domain/meeting/is-team-meeting.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { isTalkSql } from './stored-talks.ts'

type Row = Readonly<{ id: string; content: unknown }>

/** The records of what waits to be talked about: sent since the person was last talked about. Of `people` only, if given. */
export async function openAskRecords(
  { sql, scope, now }: Pick<OperationCall, 'sql' | 'scope' | 'now'>,
  people?: readonly string[],
): Promise<readonly (Communication & { id: string })[]> {
  const params = new Params()
  const some = people ? `and r.person = any(${params.add([...people], 'text[]')})` : ''
  const { rows } = await sql.query<Row>(
    `select r.id, r.content from resource r
     where r.rt = 'Communication' and r.content ->> 'status' = 'in-progress' ${some}
       and r.content -> 'category' @> '[{"coding":[{"system":"${gableCodeSystem}","code":"${meetingAskCode}"}]}]'
       and ${scopeSql(scope, 'r', params, now)}
       and not exists (select 1 from resource t where ${isTalkSql('t')} and t.person = r.person
         and t.content ->> 'status' = 'fulfilled' and t.content ->> 'start' > r.content ->> 'sent')
     order by r.content ->> 'sent' limit 500`,
    params.values,
  )
  return rows.map(({ id, content }) => ({ ...(storedRecord(content) as Communication), id }))
}

export const openAsks = async (call: OperationCall): Promise<readonly MeetingAsk[]> =>
  (await openAskRecords(call)).flatMap((each) => askFromFhir(each) ?? [])
