import type { Bundle, Parameters, Resource } from '@medplum/fhirtypes'
import { clockToday, now } from '#client/clock.ts'
import { callServer, nextPageOf } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { lastChanges } from '#domain/agreement/last-changes.ts'
import { addDays } from '#domain/calendar/days.ts'
import { wholeCaseload } from '#domain/case/caseload-list.ts'
import { caseloadRequest } from '#domain/case/caseload-parameters.ts'
import { answeringOrganisations } from '#domain/contact/answering-organisations.ts'
import { idIn } from '#domain/fhir/references-and-extensions.ts'
import { homePlaceIn } from '#domain/home/care-home.ts'
import { personFromFhir } from '#domain/person/fhir.ts'
import { isWishDocument } from '#domain/plan/worse/wishes.ts'
import { offlineTodayOf } from '#domain/sync/offline-today.ts'
import { patientsOf } from '#domain/sync/patients-of.ts'
import { type IdentifiedResource, referenceOf } from '#domain/sync/queued-save.ts'
import { timelineTypes } from '#domain/timeline/timeline.ts'
import { inDownloadQueue } from './download-queue.ts'
import { offlineCaseloadOf } from './offline-fhir.ts'
import type { OfflineRecord, OfflineStore } from './storage/offline-store.ts'

/** The least that a person's pages are made from; invoices, claims and the like are not downloaded. */
const needed: readonly string[] = [
  ...timelineTypes,
  ...['Patient', 'Goal', 'Task', 'Flag', 'CareTeam', 'EpisodeOfCare', 'RelatedPerson', 'Consent'],
  ...['RiskAssessment', 'Appointment', 'Practitioner', 'Organization', 'Medication', 'Location'],
]

/** Documents are large; where a signed wish is kept is small, and needed without a network most of all. */
const isNeeded = (each: Resource) =>
  needed.includes(each.resourceType) ||
  (each.resourceType === 'DocumentReference' && isWishDocument(each))

/**
 * Readings of the last two years are downloaded, and all of the rest: somebody who measures every day has so many more that
 * the device would be slow (our own choice).
 */
const daysOfReadings = 730

/** Timeout for a whole record on a slow connection, in milliseconds. */
const forWholeRecord = 60_000

const ask = (
  { closed: signal }: OfflineStore,
  path: string,
  body: Parameters = { resourceType: 'Parameters' },
) => callServer<Parameters>({ method: 'POST', path, body, signal })

/**
 * Downloads the records of these people, in addition to those already on the device. Afterwards the device has each
 * record as it is now, and nobody whom the user can no longer see. Rejects with `FhirError` if somebody could not be
 * downloaded, after trying all the others; at once if the server does not answer.
 */
export async function downloadRecords(
  device: OfflineStore,
  people: readonly string[],
): Promise<void> {
  await takeEach(device, people, takeOne)
}

/** The same for everybody who is downloaded and stays so until their turn comes. */
export async function downloadRecordsAgain(device: OfflineStore): Promise<void> {
  // the person being downloaded now is one of them
  const people = await inDownloadQueue(async () => device.people().map((each) => each.id))
  if (people.length > 0) await takeEach(device, people, takeOneAgain)
}

/** One task per person: what was changed meanwhile does not have to wait for all the others. */
async function takeEach(
  device: OfflineStore,
  people: readonly string[],
  take: typeof takeOne,
): Promise<void> {
  let failure: FhirError | undefined
  for (const person of people) {
    failure = (await inDownloadQueue(() => take(device, person))) ?? failure
  }
  await inDownloadQueue(() => fillBag(device))
  if (failure) throw failure
}

async function fillBag(device: OfflineStore): Promise<void> {
  const records = await ofNobody(device)
  const today = await ask(device, '$today')
  const caseload = await ask(
    device,
    '$caseload',
    caseloadRequest.write({ ...wholeCaseload, count: 1_000 }),
  )
  // people removed meanwhile are not in the lists
  const all = device.people().map((each) => each.id)
  await device.keepBag({
    records: all.length > 0 ? records : [],
    today: offlineTodayOf(today, all),
    caseload: offlineCaseloadOf(caseload, all),
  })
}

const outOfReach: readonly string[] = ['missing', 'forbidden']
const ofNobodyInParticular: readonly string[] = ['offline', 'unreachable', 'signed-out']

/** Why this person could not be downloaded, if that says nothing about the others. */
async function takeOne(
  device: OfflineStore,
  person: string,
  isWanted = () => true,
): Promise<FhirError | undefined> {
  try {
    const whole = await fetched(device, person)
    await device.alone('keep', async () => {
      if (isWanted()) await device.keepPerson(whole)
    })
    return undefined
  } catch (error) {
    if (!(error instanceof FhirError) || ofNobodyInParticular.includes(error.kind)) throw error
    if (outOfReach.includes(error.kind)) await leave(device, person)
    return error
  }
}

/** The person may be removed while the record is on its way. */
async function takeOneAgain(device: OfflineStore, person: string): Promise<FhirError | undefined> {
  const isAlong = () => device.people().some((each) => each.id === person)
  return isAlong() ? await takeOne(device, person, isAlong) : undefined
}

/** Take the same lock as refreshing one record, or that would add the person again. */
const leave = (device: OfflineStore, person: string) =>
  device.alone('keep', () => device.leavePerson(person))

/** Removes a person: nothing of theirs stays on the device except changes whose outcome the user still has to see. */
export async function removeDownloadedRecords(device: OfflineStore, person: string): Promise<void> {
  await leave(device, person)
  const { records, today, caseload } = device.bag()
  const rest = device.people().map((each) => each.id)
  await device.keepBag({
    records: rest.length > 0 ? records : [],
    ...(today ? { today: offlineTodayOf(today, rest) } : {}),
    ...(caseload ? { caseload: offlineCaseloadOf(caseload, rest) } : {}),
  })
}

/**
 * Downloads changed records again while online, so that nobody leaves with old data. Records created by others are not
 * searched for one by one: they come when the person is downloaded again. Whether a record is here is checked when its
 * turn comes: it may still be downloading.
 */
export async function refreshDownloadedRecords(
  device: OfflineStore,
  references: readonly string[],
  whose: 'mine' | 'theirs',
  /** those of them that the server has just returned */
  fromServer: readonly IdentifiedResource[] = [],
): Promise<void> {
  await inDownloadQueue(async () => {
    for (const path of references) {
      const mayConcern = device.people().length > 0 && !device.closed.aborted
      if (mayConcern && (whose === 'mine' || device.records().has(path))) {
        const record = fromServer.find((each) => referenceOf(each) === path)
        await freshenOne(device, path, whose, record)
      }
    }
  })
}

async function freshenOne(
  device: OfflineStore,
  path: string,
  whose: 'mine' | 'theirs',
  fromServer?: IdentifiedResource,
): Promise<void> {
  const record = fromServer ?? (await readUnlessGone(device, path))
  if (record === undefined) return
  // what was sent meanwhile, here or in another tab, stays beside it
  await device.alone('keep', async () => {
    await device.reload()
    if (record === 'gone') return await drop(device, path)
    const person = device.people().find((each) => patientsOf(record).includes(each.id))
    const here = person?.records.find((each) => referenceOf(each) === path)
    if (!person || !(here || whose === 'mine')) return
    // an answer may arrive after the event about what somebody wrote since
    if (here && version(here) > version(record)) return
    const others = person.records.filter((each) => referenceOf(each) !== path)
    await device.keepPerson({ ...person, records: [...others, record] })
  })
}

const version = (record: IdentifiedResource) => Number(record.meta?.versionId ?? 0)

/** `gone`: it was deleted, or this user can no longer see it. */
async function readUnlessGone(
  device: OfflineStore,
  path: string,
): Promise<IdentifiedResource | 'gone' | undefined> {
  try {
    return await callServer<IdentifiedResource>({ method: 'GET', path, signal: device.closed })
  } catch (error) {
    return error instanceof FhirError && outOfReach.includes(error.kind) ? 'gone' : undefined
  }
}

async function drop(device: OfflineStore, path: string): Promise<void> {
  for (const person of device.people()) {
    const records = person.records.filter((each) => referenceOf(each) !== path)
    if (records.length < person.records.length) await device.keepPerson({ ...person, records })
  }
}

async function fetched(device: OfflineStore, person: string): Promise<OfflineRecord> {
  const takenAt = now().toISOString()
  const readingsSince = addDays(clockToday(), -daysOfReadings)
  const path = `Patient/${person}/$everything?readings-since=${readingsSince}`
  const [everything, score] = await Promise.all([
    callServer<Bundle>({ method: 'GET', path, patience: forWholeRecord, signal: device.closed }),
    ask(device, `Patient/${person}/$score`),
  ])
  const records = (everything.entry ?? []).flatMap((entry) => entry.resource ?? [])
  const patient = records.find((each) => referenceOf(each) === `Patient/${person}`)
  const { family = '', given = '' } =
    patient?.resourceType === 'Patient' ? personFromFhir(patient, clockToday()) : {}
  const said = records.filter((each) => each.resourceType === 'Provenance')
  const last = new Set<Resource>(lastChanges(said, person))
  const downloaded = records.filter((each) =>
    each.resourceType === 'Provenance' ? last.has(each) : isNeeded(each),
  ) as IdentifiedResource[]
  return { id: person, family, given, takenAt, readingsSince, records: downloaded, score }
}

const search = async (
  { closed: signal }: OfflineStore,
  type: string,
  params: Readonly<Record<string, string>>,
) => {
  const found: IdentifiedResource[] = []
  let form: URLSearchParams | undefined = new URLSearchParams({ _count: '500', ...params })
  while (form) {
    const path = `${type}/_search`
    const page: Bundle = await callServer<Bundle>({ method: 'POST', path, form, signal })
    found.push(
      ...((page.entry ?? []).flatMap((entry) => entry.resource ?? []) as IdentifiedResource[]),
    )
    const next = nextPageOf(page)
    form = next ? new URLSearchParams({ _page: next }) : undefined
  }
  return found
}

/** Every questionnaire, telephone hours, care homes, and colleagues in the teams of downloaded people. */
async function ofNobody(device: OfflineStore): Promise<readonly IdentifiedResource[]> {
  const forms = [
    ...(await search(device, 'Questionnaire', { status: 'active,retired' })),
    ...(await hoursOnDevice(device)),
  ]
  const staff = [...new Set(device.people().flatMap((person) => person.records.flatMap(membersOf)))]
  const homes = await homesOnDevice(device)
  if (staff.length === 0) return [...forms, ...homes]
  const roles = await search(device, 'PractitionerRole', { practitioner: staff.join(',') })
  const employers = roles.flatMap((role) =>
    role.resourceType === 'PractitionerRole'
      ? (role.organization?.reference?.split('/')[1] ?? [])
      : [],
  )
  if (employers.length === 0) return [...forms, ...homes, ...roles]
  const organisations = await search(device, 'Organization', {
    _id: [...new Set(employers)].join(','),
  })
  return [...forms, ...homes, ...roles, ...organisations]
}

/** When their practice or team answers its telephone. */
async function hoursOnDevice(device: OfflineStore): Promise<readonly IdentifiedResource[]> {
  const organisations = device.people().flatMap(({ records }) => answeringOrganisations(records))
  if (organisations.length === 0) return []
  const organization = [...new Set(organisations)].join(',')
  const ids = [...new Set(organisations.map((each) => idIn(each)))]
  return [
    ...(await search(device, 'HealthcareService', { organization })),
    ...(await search(device, 'Organization', { _id: ids.join(',') })),
  ]
}

/** The care homes in which they live. */
async function homesOnDevice(device: OfflineStore): Promise<readonly IdentifiedResource[]> {
  const places = device.people().flatMap(({ records }) => records.flatMap(placeIn))
  if (places.length === 0) return []
  return await search(device, 'Organization', { _id: [...new Set(places)].join(',') })
}

const placeIn = (record: Resource): readonly string[] => {
  const place = record.resourceType === 'Patient' ? homePlaceIn(record) : undefined
  return place ? [place] : []
}

function membersOf(resource: Resource): readonly string[] {
  if (resource.resourceType !== 'CareTeam') return []
  const members = (resource.participant ?? []).map((each) => each.member?.reference ?? '')
  return members.filter((each) => each.startsWith('Practitioner/'))
}
