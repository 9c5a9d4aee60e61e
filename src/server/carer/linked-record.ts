import type { Patient, RelatedPerson } from '@medplum/fhirtypes'
import { numberOf } from '#domain/carer/carer.ts'
import { nhsNumberSystem } from '#domain/fhir/codes.ts'
import { isCurrentIdentifier } from '#domain/fhir/current-identifier.ts'
import { isNhsNumber } from '#domain/person/nhs-number.ts'
import { peopleWithNumber } from '#server/integrity/people-with-number.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import type { ReadingStore } from '#server/store/store.ts'

export type OwnRecord = Readonly<{ id: string; patient: Patient }>

/**
 * The own record of a carer: the one with the same NHS number. Nothing in either record points at the other, so neither
 * tells a reader that the other exists. Undefined if there is none, or if the number is that of the person cared for.
 */
export async function ownRecordOf(
  store: ReadingStore,
  relative: RelatedPerson,
  today: string,
): Promise<OwnRecord | undefined> {
  const number = numberOf(relative, today)
  if (!number || !/^\d{10}$/.test(number)) return undefined
  const [found] = await peopleWithNumber(store, number, today)
  if (!found || found.patient.active === false) return undefined
  return relative.patient.reference === `Patient/${found.id}` ? undefined : found
}

/** Whether a record of their own can be opened for a carer with the number that is written down. */
export async function isFreeForRecord(
  store: ReadingStore,
  relative: RelatedPerson,
  today: string,
): Promise<boolean> {
  const number = numberOf(relative, today) ?? ''
  return isNhsNumber(number) && (await peopleWithNumber(store, number, today)).length === 0
}

/** The records in use of people close to somebody that have exactly this number: one for each person they care for. */
export async function relativesWithNumber(
  store: ReadingStore,
  number: string | undefined,
  today: string,
): Promise<readonly RelatedPerson[]> {
  if (!number || !/^\d{10}$/.test(number)) return []
  const query = new URLSearchParams({ identifier: `${nhsNumberSystem}|${number}`, _count: '100' })
  const { matches } = await store.search('RelatedPerson', query, everyone)
  return matches.filter(
    (each): each is RelatedPerson =>
      // the index stores hashes: the record itself decides
      each.resourceType === 'RelatedPerson' && each.active !== false && bears(each, number, today),
  )
}

const bears = ({ identifier = [] }: RelatedPerson, number: string, today: string) =>
  identifier.some(
    (each) =>
      each.system === nhsNumberSystem && each.value === number && isCurrentIdentifier(each, today),
  )
