import type { HealthcareService, Organization } from '@medplum/fhirtypes'
import { holidayCalendarOf } from '#domain/contact/holiday-calendar-of.ts'
import type { TeamHours } from '#domain/contact/open-times.ts'
import { type ServiceHours, serviceHoursFrom } from '#domain/contact/service-hours.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

type Row = Readonly<{ rt: string; id: string; content: unknown }>

/** When these organisations work, as their administrators recorded it, by id. They are about nobody. */
export async function teamHours(
  sql: ReadingSql,
  organisations: readonly string[],
): Promise<ReadonlyMap<string, TeamHours & Readonly<{ name: string }>>> {
  if (organisations.length === 0) return new Map()
  const { rows } = await sql.query<Row>(
    `select r.rt, r.id, r.content from resource r
     where r.content is not null and r.person is null and ((r.rt = 'Organization' and r.id = any($1::text[]))
       or (r.rt = 'HealthcareService'
         and r.content -> 'providedBy' ->> 'reference' = any(select 'Organization/' || unnest($1::text[]))))
     order by r.rid`,
    [[...new Set(organisations)]],
  )
  const records = rows.map(({ id, content }) => ({
    ...(storedRecord(content) as Organization | HealthcareService),
    id,
  }))
  const services = records.filter((each) => each.resourceType === 'HealthcareService')
  return new Map(
    records
      .filter((each) => each.resourceType === 'Organization')
      .map((each) => [each.id, hoursOf(each, services)]),
  )
}

function hoursOf(organisation: Organization, services: readonly HealthcareService[]) {
  const { id, name = '', telecom = [] } = organisation
  const phone = telecom.find(({ system, use }) => system === 'phone' && use !== 'old')?.value
  const own = services.filter(({ providedBy }) => providedBy?.reference === `Organization/${id}`)
  const hours: ServiceHours | undefined = serviceHoursFrom(own, phone ? [phone] : [], [
    organisation,
  ])
  return { name, ...given('hours', hours), ...given('calendar', holidayCalendarOf(organisation)) }
}
