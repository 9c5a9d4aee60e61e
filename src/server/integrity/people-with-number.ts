import type { Patient, Resource } from '@medplum/fhirtypes'
import { nhsNumberSystem } from '#domain/fhir/codes.ts'
import { isInUse, standsFor } from '#domain/person/joined.ts'
import { nhsNumbers } from '#domain/person/someone-else.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import type { ReadingStore } from '#server/store/store.ts'

/** A person who has a number: the record in use for the person, and every record in which the number was found. */
export type NumberedPerson = Readonly<{
  id: string
  patient: Patient
  bearers: readonly Patient[]
}>

type Found = Readonly<{ bearer: Patient; id: string; patient: Patient }>

const mostRecords = 50

/**
 * Whose number this is, the record that has had it longest first: a second record with the same number takes nothing
 * away from the first. A record that was joined to another leads to that one. Records that are not in use come last.
 * `numbersOf`: `nhsNumbersOn` for a day that has passed.
 */
export async function peopleWithNumber(
  store: ReadingStore,
  number: string,
  today: string,
  numbersOf = nhsNumbers,
): Promise<readonly NumberedPerson[]> {
  const query = new URLSearchParams({ identifier: `${nhsNumberSystem}|${number}` })
  const ids = await store.match('Patient', query, everyone, mostRecords)
  const found: Found[] = []
  for (const id of ids) {
    const bearer = await patientWith(store, id)
    if (!bearer || !numbersOf(bearer, today).includes(number)) continue
    found.push({ bearer, ...(await leadsTo(store, bearer, id)) })
  }
  const inOrder =
    found.length > 1
      ? await oldestFirst(store, found, (each) => numbersOf(each, today).includes(number))
      : found
  const byPerson = Map.groupBy(inOrder, ({ id }) => id)
  const all = [...byPerson].map(([id, each]) => ({
    id,
    patient: each[0]?.patient ?? { resourceType: 'Patient' as const },
    bearers: each.map(({ bearer }) => bearer),
  }))
  return [
    ...all.filter(({ patient }) => isInUse(patient)),
    ...all.filter(({ patient }) => !isInUse(patient)),
  ]
}

async function patientWith(store: ReadingStore, id: string): Promise<Patient | undefined> {
  const resource: Resource | undefined = (await store.read('Patient', id, everyone))?.resource
  return resource?.resourceType === 'Patient' ? { ...resource, id } : undefined
}

/** The record that replaces this one, through as many joins as there were. */
export async function leadsTo(
  store: ReadingStore,
  patient: Patient,
  id: string,
): Promise<Readonly<{ id: string; patient: Patient }>> {
  const seen = new Set([id])
  let standing = { id, patient }
  for (;;) {
    const next = await nextOf(store, standing.patient)
    if (!next || seen.has(next.id)) return standing
    seen.add(next.id)
    standing = next
  }
}

async function nextOf(store: ReadingStore, patient: Patient) {
  const others = new Map<string, Patient>()
  for (const { type, other } of patient.link ?? []) {
    const id = other.reference?.split('/')[1] ?? ''
    const found = type === 'replaced-by' ? await patientWith(store, id) : undefined
    if (found) others.set(id, found)
  }
  const id = standsFor(patient, (each) => others.get(each)) ?? ''
  const found = others.get(id)
  return found && { id, patient: found }
}

/**
 * By the first version with the number: an old record into which somebody writes it later does not come before others.
 */
async function oldestFirst(
  store: ReadingStore,
  found: readonly Found[],
  hasNumber: (patient: Patient) => boolean,
): Promise<readonly Found[]> {
  const aged: { each: Found; since: string }[] = []
  for (const each of found)
    aged.push({ each, since: await firstVersion(store, ofPatient(each, hasNumber)) })
  // of two at the same moment, the one that was found first: it was started first
  return aged.toSorted((one, other) => one.since.localeCompare(other.since)).map(({ each }) => each)
}

const versionsPerPage = 200

type MatchingVersion = Readonly<{ type: string; id: string; fits: (resource: Resource) => boolean }>

const ofPatient = (
  { bearer }: Found,
  hasNumber: (patient: Patient) => boolean,
): MatchingVersion => ({
  ...{ type: 'Patient', id: bearer.id ?? '' },
  fits: (resource) => resource.resourceType === 'Patient' && hasNumber(resource),
})

/** When the first matching version of a record was written. */
export async function firstVersion(
  store: ReadingStore,
  { type, id, fits }: MatchingVersion,
): Promise<string> {
  let first = '9999'
  for (let offset = 0; ; offset += versionsPerPage) {
    const { entries } = await store.history({ type, id, count: versionsPerPage, offset }, everyone)
    for (const { at, resource } of entries) if (resource && fits(resource) && at < first) first = at
    if (entries.length < versionsPerPage) return first
  }
}
