import type { Provenance, Resource } from '@medplum/fhirtypes'
import { withRecord } from '#domain/fhir/with-record.ts'
import { patientsOf } from '#domain/sync/patients-of.ts'
import type { HouseResources } from './house-fhir.ts'
import { houseRecords } from './house-records.ts'

/**
 * The records of a house with these current versions, the latest first if that is their order. Undefined if their
 * effect is unknown and everything has to be loaded again.
 */
export function putRecords(
  found: HouseResources,
  records: readonly Resource[],
): HouseResources | undefined {
  let updated: HouseResources | undefined = found
  for (const record of records.filter((each) => isOfPatient(each, found))) {
    updated = updated && putOne(updated, record)
  }
  return updated && inOrder(updated)
}

const isOfPatient = (record: Resource, { patient }: HouseResources) =>
  patientsOf(record).includes(patient.id ?? '')

function putOne(house: HouseResources, record: Resource): HouseResources | undefined {
  if (record.resourceType === 'Patient') return { ...house, patient: record }
  const place = houseRecords[record.resourceType]
  if (!place) return undefined
  const existing: readonly Resource[] = house[place.list]
  return { ...house, [place.list]: withRecord(existing, record, place.belongs?.(record)) }
}

const instant = (at: string | undefined) => Date.parse(at ?? '') || 0

/** The latest words and actions come first. */
function inOrder(house: HouseResources): HouseResources {
  return {
    ...house,
    provenances: house.provenances.toSorted(
      (one: Provenance, other) => instant(other.recorded) - instant(one.recorded),
    ),
    messages: house.messages.toSorted((one, other) => instant(other.sent) - instant(one.sent)),
  }
}

/** One of the records that make up a house. */
export function pickRecord(found: HouseResources, type: string, id: string): Resource | undefined {
  if (type === 'Patient') return found.patient.id === id ? found.patient : undefined
  const list = houseRecords[type as Resource['resourceType']]?.list
  const records: readonly Resource[] = list ? found[list] : []
  return records.find((each) => each.resourceType === type && each.id === id)
}
