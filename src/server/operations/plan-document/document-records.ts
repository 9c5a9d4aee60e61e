import type { Resource } from '@medplum/fhirtypes'
import type { Scope } from '#domain/access/scope.ts'
import { referenceTarget } from '#domain/fhir/reference-target.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { goalObservationCodes } from '#domain/goal/said/goal-observation.ts'
import { aboutMeCodes } from '#domain/plan/about-me-codes.ts'
import { isOfPlanDocument } from '#domain/plan/document/is-of-plan-document.ts'
import { wishCodes } from '#domain/plan/worse/wish-codes.ts'
import { offerWordCode } from '#domain/support/is-offer.ts'
import { visibleWithin } from '#server/http/visible-records.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import type { Sql } from '#server/store/sql.ts'
import { completeRow, type StoredVersionRow } from '#server/store/stored-version.ts'

type Asked = Readonly<{ person: string; scope: Scope; now: Date; sql: Sql }>

/** The kinds of record a plan is made of. */
const types = [
  ...['Patient', 'RelatedPerson', 'EpisodeOfCare', 'CareTeam', 'CarePlan', 'Goal', 'Condition'],
  ...['Task', 'Observation', 'ServiceRequest', 'Communication', 'Provenance'],
] as const

type Row = Omit<StoredVersionRow, 'content'> & { content: Resource }

/** Everything a person's plan is made of, within the scope, and the people and organisations it names. */
export async function documentRecords(asked: Asked): Promise<readonly ResourceWithId[]> {
  const own = (await ownRecords(asked)).filter(isOfPlanDocument)
  const visible = (await visibleWithin(asked, own)) as readonly ResourceWithId[]
  return [...visible, ...(await namedIn(asked, visible))].toSorted(byPlace)
}

async function ownRecords({ person, scope, now, sql }: Asked): Promise<readonly ResourceWithId[]> {
  const params = new Params()
  const codes = [
    ...Object.values(aboutMeCodes),
    ...Object.values(wishCodes),
    ...goalObservationCodes,
    offerWordCode,
  ]
  const { rows } = await sql.query<Row>(
    `select r.rt, r.id, r.vid, r.ts, r.person, r.content from resource r
     where r.person = ${params.add(person, 'text')} and r.rt = any(${params.add([...types], 'text[]')})
       and r.content is not null and ${scopeSql(scope, 'r', params, now)}
       and (r.rt <> 'Observation' or jsonb_path_exists(r.content,
         '$.code.coding[*].code ? (@ == $codes[*])',
         jsonb_build_object('codes', ${params.add(JSON.stringify(codes), 'jsonb')})))`,
    params.values,
  )
  return rows.map((row) => completeRow(row) as ResourceWithId)
}

/** Professionals and organisations that these records refer to: they belong to nobody. */
async function namedIn(
  { scope, now, sql }: Asked,
  records: readonly ResourceWithId[],
): Promise<readonly ResourceWithId[]> {
  const names = new Set(referencesIn(records))
  if (names.size === 0) return []
  const parts = [...names].map((each) => each.split('/'))
  const params = new Params()
  const [rt, id] = [0, 1].map((at) =>
    params.add(
      parts.map((each) => each[at] ?? ''),
      'text[]',
    ),
  )
  const { rows } = await sql.query<Row>(
    `select r.rt, r.id, r.vid, r.ts, r.person, r.content from unnest(${rt}, ${id}) as n (rt, id)
     join resource r on r.rt = n.rt and r.id = n.id
     where r.person is null and r.content is not null and ${scopeSql(scope, 'r', params, now)}`,
    params.values,
  )
  return rows.map((row) => completeRow(row) as ResourceWithId)
}

const named: readonly string[] = ['Practitioner', 'Organization']

function referencesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => {
    if (typeof each !== 'string') return referencesIn(each)
    const target = key === 'reference' ? referenceTarget(each) : undefined
    return target && named.includes(target.type) ? [`${target.type}/${target.id}`] : []
  })
}

const order: readonly string[] = [...types, ...named]
const placeOf = ({ resourceType }: ResourceWithId) => order.indexOf(resourceType)

/** Always in the same order, whenever and wherever they are read. */
function byPlace(one: ResourceWithId, other: ResourceWithId): number {
  return placeOf(one) - placeOf(other) || (one.id < other.id ? -1 : 1)
}
