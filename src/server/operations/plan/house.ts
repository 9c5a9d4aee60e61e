import type { Patient, Resource } from '@medplum/fhirtypes'
import { houseRecords, houseRequest } from '#domain/plan/house/house-records.ts'
import { viewedExtension } from '#domain/plan/versions/last-viewed-parameters.ts'
import { whose } from '#server/http/request-context.ts'
import { auditSearchRequest } from '#server/interactions/audit-search-request.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem } from '#server/problem.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { conditionSql } from '#server/store/search/conditions.ts'
import { completeRow, type StoredVersionRow } from '#server/store/stored-version.ts'
import { parameterKey } from '#server/store/token-hash.ts'
import { homesOf } from '#server/support/keep-home.ts'
import { storedLastChanges } from './last-changes.ts'
import { lastViewedBy } from './last-viewed.ts'

/**
 * Everything the first page of a plan shows, in one call: the person, the records of the house, the team by name, and
 * what was last done. Like a search, it finds nothing about somebody without access.
 */
export const houseOperation: Operation = {
  name: 'house',
  on: 'type',
  type: 'CarePlan',
  changes: false,
  purpose:
    'The records of a person’s plan, as its first page shows them: the person, plan, goals, needs, steps, About me, team, support, messages, and what was last done; patient',
  records: (answer) =>
    answer.resourceType === 'Bundle'
      ? (answer.entry ?? []).flatMap(({ resource }) => resource ?? [])
      : [],
  async run(call) {
    const { patient } = askedParameters(call, houseRequest)
    if (!patient) throw new FhirProblem(400, 'required', 'Say of which patient, by id')
    const found = await storedHouse(call, patient)
    const viewed = viewedExtension(
      await lastViewedBy(call.context.service.sql, call.actor, patient),
    )
    return {
      resourceType: 'Bundle',
      ...(viewed.length > 0 ? { meta: { extension: [...viewed] } } : {}),
      type: 'searchset',
      total: found.length,
      entry: found.map((resource) => ({
        fullUrl: `${call.context.base}/${resource.resourceType}/${resource.id}`,
        resource,
        search: { mode: 'match' as const },
      })),
    }
  },
}

/** The records of a house within the caller’s reach; the audit log says that they were read. */
export async function storedHouse(
  call: OperationCall,
  patient: string,
): Promise<readonly Resource[]> {
  const rows = await recordsOf(call, patient)
  const records = rows.map(completeRow)
  const own = records.find((each): each is Patient => each.resourceType === 'Patient')
  const found = [
    ...records,
    ...(await homesOf(call.sql, own)),
    ...(await storedLastChanges(call, patient)),
  ]
  const owners = new Map(
    rows.flatMap(({ rt, id, person }) => (person ? [[`${rt}/${id}`, person] as const] : [])),
  )
  const what = await whose(call.context, found, owners)
  await auditSearchRequest(call.context, { what, asked: [patient] })
  return found
}

type Row = Omit<StoredVersionRow, 'content'> & { content: Resource }

/**
 * What their own records of these types refer to, looked up from each of them (`offset 0`): left to choose, PostgreSQL began with
 * everybody who refers to the practice, and a plan took longer to open the more people there were.
 */
const referredTo = (types: readonly Resource['resourceType'][], which: string) =>
  `select distinct f.to_rt, f.to_id from own o
    cross join lateral (select f.to_rt, f.to_id from link f where f.rid = o.rid and ${which} offset 0) f
    where o.rt in (${types.map((type) => `'${type}'`).join(', ')})`

/** Their own records, in the order in which they came, the professionals of their teams, and when their practice answers. */
async function recordsOf(
  { sql, scope, now }: OperationCall,
  person: string,
): Promise<readonly Row[]> {
  const params = new Params()
  const context = { params, scope, now, reads: 'few' as const }
  const id = params.add(person, 'text')
  const narrowed = Object.entries(houseRecords).flatMap(([type, { search }]) =>
    search ? [{ type, search }] : [],
  )
  const whole = Object.keys(houseRecords).filter(
    (type) => type !== 'Provenance' && narrowed.every((each) => each.type !== type),
  )
  const parts = narrowed.map(({ type, search }) => {
    const belongs = Object.entries(search).map(([name, value]) =>
      conditionSql({ type, at: 'i', depth: 0 }, name, value, context),
    )
    return `(${[`i.rt = ${params.add(type, 'text')}`, ...belongs].join(' and ')})`
  })
  const own = (condition: string) =>
    `select i.rid, i.rt from idx i where i.person = ${id} and ${condition} and ${scopeSql(scope, 'i', params, now)}`
  const { rows } = await sql.query<Row>(
    `with own as materialized (
      ${[`i.rt = any(${params.add(['Patient', ...whole], 'text[]')})`, ...parts].map(own).join(' union all ')}
    ), member as materialized (${referredTo(['CareTeam'], `f.to_rt = 'Practitioner' and f.key = ${params.add(parameterKey('CareTeam', 'participant'), 'int')}`)}
    ), place as materialized (${referredTo(['Patient', 'EpisodeOfCare'], `f.to_rt = 'Organization'`)}
    ), team as (
      select t.rid from member m join idx t on t.rt = m.to_rt and t.id = m.to_id and t.person is null
        and ${scopeSql(scope, 't', params, now)}
    ), hours as (
      select distinct h.rid from place p
        join link g on g.key = ${params.add(parameterKey('HealthcareService', 'organization'), 'int')}
          and g.to_rt = p.to_rt and g.to_id = p.to_id
        join idx h on h.rid = g.rid and h.rt = 'HealthcareService' and h.person is null
          and ${scopeSql(scope, 'h', params, now)}
    ), answering as (
      select distinct o.rid from place p join idx o on o.rt = 'Organization' and o.id = p.to_id and p.to_rt = 'Organization'
        and o.person is null and ${scopeSql(scope, 'o', params, now)}
    )
    select r.rt, r.id, r.vid, r.ts, r.person, r.content
    from (select rid from own union all select rid from team union all select rid from hours union all select rid from answering) found join resource r on r.rid = found.rid
    order by r.rid`,
    params.values,
  )
  return rows
}
