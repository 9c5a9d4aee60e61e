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

type Reading = Pick<OperationCall, 'sql' | 'scope' | 'now'>

const isAskSql = `r.rt = 'Communication' and r.content ->> 'status' = 'in-progress'
  and r.content -> 'category' @> '[{"coding":[{"system":"${gableCodeSystem}","code":"${meetingAskCode}"}]}]'`

const recordOf = ({ id, content }: Row) => ({ ...(storedRecord(content) as Communication), id })

/** What waits to be talked about: sent since the person was last talked about. */
export async function openAsks({ sql, scope, now }: Reading): Promise<readonly MeetingAsk[]> {
  const params = new Params()
  const { rows } = await sql.query<Row>(
    `select r.id, r.content from resource r
     where ${isAskSql} and ${scopeSql(scope, 'r', params, now)}
       and not exists (select 1 from resource t where ${isTalkSql('t')} and t.person = r.person
         and t.content ->> 'status' = 'fulfilled' and t.content ->> 'start' > r.content ->> 'sent')
     order by r.content ->> 'sent'`,
    params.values,
  )
  return rows.flatMap((row) => askFromFhir(recordOf(row)) ?? [])
}

/**
 * What each of these talks was asked: nothing that an earlier meeting has talked about. It stays with its talk after
 * that is done, so that the letter can say what was asked; what is asked later waits for the next one.
 */
export async function askRecordsOf(
  { sql, scope, now }: Reading,
  talks: readonly string[],
): Promise<readonly (Communication & { id: string })[]> {
  const params = new Params()
  const ids = params.add([...talks], 'text[]')
  const { rows } = await sql.query<Row>(
    `select r.id, r.content from resource r
     join resource k on ${isTalkSql('k')} and k.id = any(${ids}) and k.person = r.person
     where ${isAskSql} and ${scopeSql(scope, 'r', params, now)}
       and (k.content ->> 'status' <> 'fulfilled' or r.content ->> 'sent' < k.content ->> 'start')
       and not exists (select 1 from resource t where ${isTalkSql('t')} and t.person = r.person
         and t.id <> k.id and t.content ->> 'status' = 'fulfilled'
         and t.content ->> 'start' > r.content ->> 'sent'
         and (k.content ->> 'status' <> 'fulfilled' or t.content ->> 'start' < k.content ->> 'start'))
     order by r.content ->> 'sent'`,
    params.values,
  )
  return rows.map(recordOf)
}
