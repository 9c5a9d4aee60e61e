import type { Appointment } from '@medplum/fhirtypes'
import { addDays } from '#domain/calendar/days.ts'
import { diaryVisitFromFhir } from '#domain/diary/diary-fhir.ts'
import { isToTell } from '#domain/diary/diary-visit.ts'
import { gableUrl } from '#domain/fhir/codes.ts'
import { tellItem } from '#domain/today/asked-items.ts'
import { withWhose } from '#domain/today/claim.ts'
import type { TodayItem } from '#domain/today/today.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { storedRecord } from '#server/store/stored-json.ts'

/** Days after the visit would have been: until then somebody may still be waiting for a word. */
const stillTold = 14

/** Visits of the reader’s diary that were cancelled or moved, and nobody has told the person. Nobody rings the dead. */
export async function visitsToTell({
  actor,
  sql,
  scope,
  now,
  today,
}: OperationCall): Promise<readonly TodayItem[]> {
  if (!actor.practitioner) return []
  const params = new Params()
  const me = [{ actor: { reference: `Practitioner/${actor.practitioner}` } }]
  const { rows } = await sql.query<{ id: string; content: unknown }>(
    `select r.id, r.content from resource r
     where r.rt = 'Appointment' and r.content is not null
       and r.content -> 'participant' @> ${params.add(JSON.stringify(me), 'text')}::jsonb
       and r.content ->> 'start' >= ${params.add(addDays(today, -stillTold), 'text')}
       and (r.content ->> 'status' in ('cancelled', 'noshow')
         or r.content -> 'extension' @> '[{"url":"${gableUrl('moved-from')}"}]')
       and not coalesce(r.content -> 'extension' @> '[{"url":"${gableUrl('told-of-change')}"}]', false)
       and not exists (select 1 from person_row p where p.person = r.person and p.deceased)
       and ${scopeSql(scope, 'r', params, now)}
     order by r.content ->> 'start', r.id limit 100`,
    params.values,
  )
  const visits = rows.flatMap(
    ({ id, content }) =>
      diaryVisitFromFhir({ ...(storedRecord(content) as Appointment), id }) ?? [],
  )
  const mine = visits.filter(
    (visit) => isToTell(visit) && visit.by.reference === `Practitioner/${actor.practitioner}`,
  )
  return withWhose(mine.map(tellItem), [], undefined)
}
