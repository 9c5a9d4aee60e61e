import type { Patient, Resource } from '@medplum/fhirtypes'
import type { Scope } from '#domain/access/scope.ts'
import { idIn } from '#domain/fhir/references-and-extensions.ts'
import { aboutMeCodes } from '#domain/plan/about-me-codes.ts'
import {
  type Essentials,
  essentialsFrom,
  essentialTypes,
  isEssential,
} from '#domain/plan/worse/essentials.ts'
import { planHolder } from '#domain/plan/worse/plan-holder.ts'
import { wishCodes } from '#domain/plan/worse/wish-codes.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { homesOf } from '#server/support/keep-home.ts'

type Reading = Readonly<{ sql: ReadingSql; scope: Scope; now: Date; today: string; person: string }>
type Row = Readonly<{ id: string; rt: string; content: unknown }>

const codes = [
  ...Object.values(wishCodes),
  aboutMeCodes.communicate,
  aboutMeCodes['most-important'],
]
  .map((code) => `r.content -> 'code' @> '{"coding":[{"code":"${code}"}]}'`)
  .join(' or ')

/** The essentials about one person as far as this reader may see them, and the names of the records that it took. */
export async function readEssentials({
  sql,
  scope,
  now,
  today,
  person,
}: Reading): Promise<Readonly<{ essentials: Essentials; names: readonly string[] }> | undefined> {
  const params = new Params()
  const { rows } = await sql.query<Row>(
    `select r.id, r.rt, r.content from resource r
     where r.person = ${params.add(person, 'text')} and r.rt = any(${params.add([...essentialTypes], 'text[]')})
       and r.content is not null and (r.rt <> 'Observation' or ${codes})
       and ${scopeSql(scope, 'r', params, now)}
     order by r.rid`,
    params.values,
  )
  const records = rows
    .map(({ id, content }) => ({ ...(storedRecord(content) as Resource), id }) as Resource)
    .filter(isEssential)
  const patient = records.find((each): each is Patient => each.resourceType === 'Patient')
  const around = [...(await homesOf(sql, patient)), ...(await holderOf(sql, records))]
  const essentials = essentialsFrom([...records, ...around], today)
  return (
    essentials && {
      essentials,
      names: records.map(({ resourceType, id }) => `${resourceType}/${id}`),
    }
  )
}

/** Who has the whole plan, and when they answer: the organisation and its services, which are about nobody. */
async function holderOf(
  sql: ReadingSql,
  records: readonly Resource[],
): Promise<readonly Resource[]> {
  const patient = records.find((each) => each.resourceType === 'Patient')
  const episodes = records.filter((each) => each.resourceType === 'EpisodeOfCare')
  const holder = patient && planHolder(patient, episodes)?.reference
  if (!holder) return []
  const { rows } = await sql.query<Row>(
    `select r.id, r.rt, r.content from resource r
     where r.content is not null and ((r.rt = 'Organization' and r.id = $1)
       or (r.rt = 'HealthcareService' and r.person is null
         and r.content -> 'providedBy' ->> 'reference' = 'Organization/' || $1))
     order by r.rid`,
    [idIn(holder)],
  )
  return rows.map(({ id, content }) => ({ ...(storedRecord(content) as Resource), id }) as Resource)
}
