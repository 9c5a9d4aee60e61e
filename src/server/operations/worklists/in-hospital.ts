import type { Encounter } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { addDays } from '#domain/calendar/days.ts'
import { dayOf } from '#domain/calendar/zone.ts'
import {
  coordinated,
  daysAtHome,
  inHospital,
  inHospitalRequest,
  type PersonInHospital,
} from '#domain/case/in-hospital.ts'
import { hospitalClasses } from '#domain/discharge/ward-stay.ts'
import { gableUrl } from '#domain/fhir/codes.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import { rowsShown } from '#domain/list/shown-at-once.ts'
import { hospitalStays } from '#domain/risk/published/inpatient-stays.ts'
import { note } from '#server/http/request-context.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { forbidden } from '#server/problem.ts'
import { personRowScopeSql, scopeSql } from '#server/store/access/scope-sql.ts'
import { typeKey } from '#server/store/indexing/index-entries.ts'
import { Params } from '#server/store/params.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { timeSql } from './time-sql.ts'

/** Days. A stay that began longer ago is not looked for when it has ended, and may have ended when nobody said so. */
const longestStay = 180
const aDay = 86_400_000

/**
 * Everybody within the caller’s reach who is in hospital, in an emergency department, or home again for up to a week:
 * those whose care nobody coordinates unless others are asked for.
 */
export const inHospitalOperation: Operation = {
  name: 'in-hospital',
  on: 'system',
  changes: false,
  purpose:
    'People in hospital, in an emergency department, or home for up to a week: coordinated=nobody (without an open case), somebody, all; with the count of each; count lines, 200 unless more are asked for',
  async run(call) {
    if (!isStaff(call.actor))
      throw forbidden('Only people who care for others see who is in hospital')
    const { coordinated: which, count } = askedParameters(call, inHospitalRequest)
    const found = await everybody(call)
    const isWith = ({ caseStatus }: PersonInHospital) => caseStatus !== ''
    const lists = {
      nobody: found.filter((each) => !isWith(each)),
      somebody: found.filter(isWith),
      all: found,
    }
    const people = lists[coordinated.find((each) => each === which) ?? 'nobody'].slice(
      0,
      rowsShown(count),
    )
    const what = new Map(people.map(({ id }) => [id, [`Patient/${id}`]]))
    await note(call.context, what, { act: 'R', way: '$in-hospital' })
    return inHospital.write({
      ...{ nobody: lists.nobody.length, somebody: lists.somebody.length },
      people,
    })
  },
}

type Row = Readonly<{
  person: string
  content: unknown
  family: string | null
  given: string | null
  birth_date: string | null
  case_status: string | null
  coordinator: string | null
  not_now: string | null
  chance: number | null
  no_case: boolean
  expected: string | null
}>

const classes = hospitalClasses.map((code) => `'${code}'`).join(', ')
const stay = `r.rt = 'Encounter' and r.content #>> '{class,code}' in (${classes})`
const isOpen = `r.content ->> 'status' in ('in-progress', 'arrived', 'triaged', 'onleave')`

/** A stay that was never closed says nothing once a later one has begun and ended. */
const wasSince = `exists (
  select 1 from resource n where n.rt = 'Encounter' and n.person = r.person and n.content is not null
    and n.content #>> '{class,code}' in (${classes})
    and n.content ->> 'status' = 'finished'
    and n.content #>> '{period,start}' > r.content #>> '{period,start}')`

/**
 * The last stay of each person counts: somebody who went home and is back is in hospital. Who said no to being looked
 * for is here only while somebody coordinates their care.
 */
async function everybody(call: OperationCall): Promise<readonly PersonInHospital[]> {
  const { sql, scope, now } = call
  const params = new Params()
  const since = params.add(new Date(Number(now) - daysAtHome * aDay), 'timestamptz')
  const begun = params.add(Number(now) - longestStay * aDay, 'double precision')
  const until = params.add(Number(now), 'double precision')
  const ended = timeSql(`(r.content #>> '{period,end}')`)
  const shown = 'r.person, r.content, r.rid, r.id'
  const { rows } = await sql.query<Row>(
    `with stay as (
       select ${shown}, true as here from resource r
       where ${stay} and ${isOpen} and not ${wasSince} and ${scopeSql(scope, 'r', params, now, 'many')}
       union all
       select ${shown}, false as here from idx i join resource r on r.rid = i.rid
       where i.kind = ${typeKey('Encounter')} and i.dt >= ${begun} and i.dt <= ${until}
         and ${stay} and r.content ->> 'status' = 'finished' and ${ended} >= ${since}
         and ${scopeSql(scope, 'r', params, now, 'many')}
     ), latest as (
       select distinct on (person) person, content, here, id from stay
       order by person, here desc, content #>> '{period,start}' desc, rid desc
     )
     select l.person, l.content, p.family, p.given, p.birth_date,
       case when p.case_status in ('active', 'onhold') then p.case_status end as case_status,
       p.coordinator, case when p.case_status = 'cancelled' then p.not_now end as not_now, p.chance,
       'case' = any(p.opted_out) as no_case, (
         select e.value ->> 'valueDate' from resource m,
           jsonb_array_elements(m.content -> 'extension') as e
         where m.rt = 'Communication' and m.person = l.person and m.content is not null
           and m.content #>> '{category,0,coding,0,code}' = 'expected-discharge'
           and m.content ->> 'status' = 'completed'
           and m.content #>> '{about,0,reference}' = 'Encounter/' || l.id
           and e.value ->> 'url' = '${gableUrl('expected-on')}'
           and ${scopeSql(scope, 'm', params, now)}
         order by m.content ->> 'sent' desc limit 1) as expected
     from latest l join person_row p on p.person = l.person
     where not p.deceased and p.in_use and p.replaced_by is null
       and (p.case_status in ('active', 'onhold') or not 'finding' = any(p.opted_out))
       and ${personRowScopeSql(scope, 'p', params, now)}
     order by l.here desc, l.content #>> '{period,end}' desc, l.content #>> '{period,start}' desc, l.person`,
    params.values,
  )
  return rows.map((row) => lineOf(row, call))
}

const lineOf = (row: Row, call: OperationCall): PersonInHospital => ({
  ...{ id: row.person, family: row.family ?? '', given: row.given ?? '' },
  birthDate: row.birth_date ?? '',
  ...whereOf(storedRecord(row.content) as Encounter, call),
  emergency: isEmergency(storedRecord(row.content) as Encounter, call),
  ...caseOf(row),
  ...given('expected', row.expected ?? undefined),
  ...(row.chance === null ? {} : { chance: Number(row.chance) }),
})

const caseOf = ({ case_status, coordinator, not_now, no_case }: Row) => ({
  caseStatus: case_status ?? '',
  coordinator: case_status ? (coordinator ?? '') : '',
  notNow: not_now ?? '',
  noCase: no_case,
})

type Where = Pick<
  PersonInHospital,
  'place' | 'since' | 'until' | 'mayHaveEnded' | 'ward' | 'hospital' | 'reason'
>

function whereOf(stay: Encounter, { today, context: { zone } }: OperationCall): Where {
  const { period: { start, end } = {}, location = [], reasonCode: [reason] = [] } = stay
  const isOver = stay.status === 'finished'
  const since = start ? dayOf(start, zone) : ''
  return {
    place: isOver ? 'home' : isInDepartment(stay) ? 'emergency-department' : 'ward',
    since,
    mayHaveEnded: !isOver && since !== '' && since < addDays(today, -longestStay),
    ...(isOver && end ? { until: dayOf(end, zone) } : {}),
    ward: location.at(-1)?.location?.display ?? '',
    hospital: stay.serviceProvider?.display ?? '',
    reason: reason?.text ?? reason?.coding?.[0]?.display ?? '',
  }
}

const isInDepartment = ({ class: kind }: Encounter) => kind?.code === 'EMER'

/** A stay of which the record does not say it is not called one. */
function isEmergency(stay: Encounter, { today, context: { zone } }: OperationCall): boolean {
  const records = { encounters: [stay], conditions: [], procedures: [] }
  const [known] = hospitalStays(records, { day: today, zone })
  return isInDepartment(stay) || (known?.isKindSaid === true && known.isEmergency)
}
