import type { Patient, RelatedPerson, ServiceRequest, Task } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { rowsShown } from '#domain/list/shown-at-once.ts'
import { personFromFhir } from '#domain/person/fhir.ts'
import { referralsRequest, referralsToParameters } from '#domain/referral/referrals-answer.ts'
import { noteShown } from '#server/http/request-context.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { forbidden } from '#server/problem.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { storedRecord } from '#server/store/stored-json.ts'

/** Answered referrals stay in view for so many days. */
const daysInView = 30

/**
 * The single point of access: who is asked to take on whom, of the caller and their organisation. Those that wait come
 * first, by the day on which the answer is due; then those answered in the last 30 days.
 */
export const referralsOperation: Operation = {
  name: 'referrals',
  on: 'system',
  changes: false,
  purpose:
    'Referrals that ask the caller or their organisation for a case manager: those that wait for an answer by the day on which it is due, then those answered in the last 30 days; count lines, 200 unless more are asked for',
  async run(call) {
    if (!isStaff(call.actor)) throw forbidden('Only people who care for others see referrals')
    const { count } = askedParameters(call, referralsRequest)
    const { rows, counts } = await rowsOf(call, rowsShown(count))
    await noteShown(
      call.context,
      rows.map(({ task }) => task),
      '$referrals',
    )
    return referralsToParameters({ ...counts, rows })
  },
}

type Row = Readonly<{
  id: string
  vid: number
  content: unknown
  request: unknown
  patient: unknown
  relative: unknown
  coordinator: string | null
  case_status: string | null
  total: number
  waiting: number
  late: number
}>

const waits = `r.content ->> 'status' = 'requested'`

/** So many lines, and how many there are. */
async function rowsOf(call: OperationCall, count: number) {
  const { actor, sql, scope, now } = call
  const params = new Params()
  const owners = [
    ...(actor.practitioner ? [`Practitioner/${actor.practitioner}`] : []),
    ...(actor.organisation ? [`Organization/${actor.organisation}`] : []),
  ]
  const since = new Date(Number(now) - daysInView * 86_400_000)
  const inScope = (table: string) => scopeSql(scope, table, params, now)
  const { rows } = await sql.query<Row>(
    `select r.id, r.vid, r.content, q.content as request, p.content as patient, c.content as relative,
       e.content #>> '{careManager,display}' as coordinator, e.content ->> 'status' as case_status,
       count(*) over ()::int as total, count(*) filter (where ${waits}) over ()::int as waiting,
       count(*) filter (where ${waits} and coalesce(r.content #>> '{restriction,period,end}', '') < ${params.add(call.today, 'text')}) over ()::int as late
     from resource r
     left join resource q on q.rt = 'ServiceRequest' and q.person = r.person
       and 'ServiceRequest/' || q.id = r.content #>> '{focus,reference}' and ${inScope('q')}
     left join resource p on p.rt = 'Patient' and p.id = r.person and ${inScope('p')}
     left join resource c on c.rt = 'RelatedPerson' and c.person = r.person
       and 'RelatedPerson/' || c.id = r.content #>> '{requester,reference}' and ${inScope('c')}
     left join lateral (
       select e.content from resource e where e.rt = 'EpisodeOfCare' and e.person = r.person
         and e.content ->> 'status' in ('active', 'onhold') and ${inScope('e')} limit 1) e on true
     where r.rt = 'Task' and r.content is not null
       and r.content -> 'code' -> 'coding' @> '[{"code": "case-management"}]'
       and r.content #>> '{owner,reference}' = any(${params.add(owners, 'text[]')})
       and (r.content ->> 'status' = 'requested' or r.ts >= ${params.add(since, 'timestamptz')})
       and ${inScope('r')}
     order by (r.content ->> 'status' <> 'requested'),
       case when r.content ->> 'status' = 'requested' then r.content #>> '{restriction,period,end}' end,
       r.ts desc, r.rid
     limit ${params.add(count, 'integer')}`,
    params.values,
  )
  const { total = 0, waiting = 0, late = 0 } = rows[0] ?? {}
  return { rows: rows.map((row) => shown(row, call.today)), counts: { total, waiting, late } }
}

function shown(row: Row, today: string) {
  const { family = '', given = '' } = row.patient
    ? personFromFhir(storedRecord(row.patient) as Patient, today)
    : {}
  const relative = row.relative ? (storedRecord(row.relative) as RelatedPerson) : undefined
  return {
    task: {
      ...(storedRecord(row.content) as Task),
      ...{ id: row.id, meta: { versionId: String(row.vid) } },
    },
    request: row.request ? (storedRecord(row.request) as ServiceRequest) : undefined,
    ...{ family, given },
    birthDate: row.patient ? ((storedRecord(row.patient) as Patient).birthDate ?? '') : '',
    relationship: relative?.relationship?.[0]?.text ?? '',
    coordinator: row.coordinator ?? '',
    caseStatus: row.case_status ?? '',
  }
}
