import type { HealthcareService, Organization } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { allRecords } from '#client/fhir/all-records.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import { type OfficeHours, officeHoursFrom, withOfficeHours } from '#domain/contact/office-hours.ts'
import { isDirectoryService } from '#domain/directory/is-directory-service.ts'
import { followUpChoiceOf, withFollowUpChoice } from '#domain/discharge/follow-up-choice-of.ts'
import type { FollowUpChoice } from '#domain/discharge/follow-up-rule.ts'
import { isCareHome } from '#domain/home/is-care-home.ts'

/** An organisation, its telephone, and the service that answers it. */
export type Office = Readonly<{
  id: string
  name: string
  phone: string
  /** id of the HealthcareService: as it is, or as it will be */
  service: string
  recorded: HealthcareService | undefined
  /** by when it calls somebody who came home from hospital */
  followUp: FollowUpChoice
}>

/** Every organisation that is here, without care homes: those have their own numbers by day and night. */
export const officesQuery = () =>
  queryOptions({
    queryKey: ['offices'],
    meta: { kinds: ['Organization', 'HealthcareService'] },
    queryFn: async ({ signal }) => {
      const organisations = await allRecords('Organization', {}, signal)
      const services = await allRecords('HealthcareService', {}, signal)
      return organisations
        .filter((each) => !isCareHome(each) && each.active !== false)
        .map((each) => officeOf(each, services))
        .toSorted((one, other) => one.name.localeCompare(other.name))
    },
  })

function officeOf(organisation: Organization, services: readonly HealthcareService[]): Office {
  const { id = '', name = '', telecom = [] } = organisation
  const phone = telecom.find(({ system, use }) => system === 'phone' && use !== 'old')?.value ?? ''
  const recorded = services.find(
    (each) =>
      each.active !== false &&
      !isDirectoryService(each) &&
      each.providedBy?.reference === `Organization/${id}` &&
      each.telecom?.some(({ value }) => value === phone),
  )
  const followUp = followUpChoiceOf(organisation)
  return { id, name, phone, recorded, followUp, service: recorded?.id ?? `${id}-telephone` }
}

/** Writes when the telephone is answered. Safe to repeat. */
export async function saveOfficeHours(office: Office, hours: OfficeHours): Promise<void> {
  const { id, name, phone, service } = office
  await saveTogether({
    edits: [
      {
        ...{ type: 'HealthcareService', id: service },
        onto: (current) => {
          const standing: HealthcareService =
            current?.resourceType === 'HealthcareService'
              ? current
              : {
                  ...{ resourceType: 'HealthcareService', active: true },
                  name: `${name}: telephone`,
                  providedBy: { reference: `Organization/${id}`, display: name },
                  telecom: [{ system: 'phone', value: phone }],
                }
          return withOfficeHours({ ...standing, id: service }, hours)
        },
      },
    ],
  })
}

export const hoursOf = ({ recorded }: Office): OfficeHours => officeHoursFrom(recorded)

/** Writes by when an organisation calls somebody who came home from hospital. Safe to repeat. */
export async function saveFollowUp(id: string, choice: FollowUpChoice): Promise<void> {
  await saveTogether({
    edits: [
      {
        ...{ type: 'Organization', id },
        onto: (current) =>
          current?.resourceType === 'Organization'
            ? withFollowUpChoice({ ...current, id }, choice)
            : undefined,
      },
    ],
  })
}
