import type { Resource } from '@medplum/fhirtypes'
import { id, parameters } from '#domain/fhir/parameters.ts'
import { goalObservationCodes } from '#domain/goal/said/goal-observation.ts'
import { aboutMeCodes } from '#domain/plan/about-me-codes.ts'
import { isAftercare } from '#domain/plan/crisis/is-aftercare.ts'
import { isCarerIll } from '#domain/plan/worse/carer-ill.ts'
import { isDayColour } from '#domain/plan/worse/day-colour.ts'
import { wishCodes } from '#domain/plan/worse/wish-codes.ts'
import { isWishDocument } from '#domain/plan/worse/wishes.ts'
import { isSuggestedChange } from '#domain/suggestion/is-suggested-change.ts'
import { offerWordCode } from '#domain/support/is-offer.ts'
import { isTemplateItem } from '#domain/template/is-template-item.ts'
import type { HouseResources } from './house-fhir.ts'

/** The input of `CarePlan/$house`. */
export const houseRequest = parameters({ patient: id })

type List = Exclude<keyof HouseResources, 'patient'>

/** `search` and `belongs` say the same: which records of the kind belong, in a search and of one record. */
type Place = Readonly<{
  list: List
  search?: Readonly<Record<string, string>>
  belongs?: (record: Resource) => boolean
}>

/** About me, advance wishes, what is said about goals in a number or a choice, and what is said about offers. */
const sections: readonly string[] = [
  ...Object.values(aboutMeCodes),
  ...Object.values(wishCodes),
  ...goalObservationCodes,
  offerWordCode,
]

/**
 * The records of one person from which a house is made, by kind: where they stand in it, and which of the kind belong.
 * Everything that finds or updates a house goes by this list: the service, the page, and a device without a network.
 */
export const houseRecords: Partial<Record<Resource['resourceType'], Place>> = {
  EpisodeOfCare: { list: 'episodes' },
  CarePlan: { list: 'carePlans' },
  Goal: { list: 'goals' },
  CareTeam: { list: 'teams' },
  ServiceRequest: { list: 'requests' },
  Provenance: { list: 'provenances' },
  Communication: { list: 'messages' },
  RelatedPerson: { list: 'people' },
  DocumentReference: {
    list: 'documents',
    search: { category: 'advance-document' },
    belongs: (record) => record.resourceType === 'DocumentReference' && isWishDocument(record),
  },
  // no search parameter tells one kind of flag from another
  Flag: {
    list: 'flags',
    belongs: (record) =>
      record.resourceType === 'Flag' &&
      (isDayColour(record) || isCarerIll(record) || isAftercare(record)),
  },
  Observation: {
    list: 'observations',
    search: { code: sections.join(',') },
    belongs: (record) =>
      record.resourceType === 'Observation' &&
      (record.code.coding ?? []).some(({ code = '' }) => sections.includes(code)),
  },
  Condition: {
    list: 'conditions',
    search: { category: 'health-concern' },
    belongs: (record) =>
      record.resourceType === 'Condition' &&
      (record.category ?? []).some((each) =>
        each.coding?.some(({ code }) => code === 'health-concern'),
      ),
  },
  Task: {
    list: 'tasks',
    search: { intent: 'order,proposal' },
    belongs: (record) =>
      record.resourceType === 'Task' &&
      (record.intent === 'order' || isSuggestedChange(record) || isTemplateItem(record)),
  },
}

/** The lists of a house, from any records of one person and of their team; other records are left out. */
export function houseLists(records: readonly Resource[]): Omit<HouseResources, 'patient'> {
  const lists: Record<List, Resource[]> = {
    ...{ episodes: [], carePlans: [], observations: [], conditions: [], goals: [], tasks: [] },
    ...{
      teams: [],
      requests: [],
      provenances: [],
      messages: [],
      flags: [],
      people: [],
      services: [],
      organisations: [],
      documents: [],
    },
  }
  for (const record of records) {
    const place = besides[record.resourceType] ?? houseRecords[record.resourceType]
    if (place && (place.belongs?.(record) ?? true)) lists[place.list].push(record)
  }
  return lists as unknown as Omit<HouseResources, 'patient'>
}

/** About nobody in particular: the team by name, and when the practice or team answers its telephone. */
const besides: typeof houseRecords = {
  Practitioner: { list: 'people' },
  HealthcareService: { list: 'services' },
  Organization: { list: 'organisations' },
}
