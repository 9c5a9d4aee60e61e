import type { Bundle, Parameters, Resource } from '@medplum/fhirtypes'
import { clockToday, now } from '#client/clock.ts'
import { callServer, nextPageOf } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { personFromFhir } from '#domain/person/fhir.ts'
import { patientsOf } from '#domain/sync/patients-of.ts'
import { type IdentifiedResource, referenceOf } from '#domain/sync/queued-save.ts'
import { todayOf } from '#domain/sync/still-to-do.ts'
import { timelineTypes } from '#domain/timeline/timeline.ts'
import { inDownloadQueue } from './download-queue.ts'
import { offlineCaseloadOf } from './offline-fhir.ts'
import type { OfflineRecord, OfflineStore } from './storage/offline-store.ts'

/** The least that the pages of a person are made from; invoices, claims and the like stay where they are. */
const needed: readonly string[] = [
  ...timelineTypes,
  ...['Patient', 'Goal', 'Task', 'Flag', 'CareTeam', 'EpisodeOfCare', 'RelatedPerson', 'Consent'],
  ...['RiskAssessment', 'Practitioner', 'Organization', 'Medication', 'Location'],
]

/** A whole record takes its time over a thin line, in milliseconds. */
const forWholeRecord = 60_000

const ask = ({ closed: signal }: OfflineStore, path: string) =>
  callServer<Parameters>({ method: 'POST', path, body: { resourceType: 'Parameters' }, signal })

/**
 * Fetches the records of these people and keeps them on the device, beside those who are along already: after it the
 * device has each as it stands now, and nobody who is out of reach. Rejects with `FhirError` when it could not fetch
 * somebody, after all the others; at once when nobody answers.
 */
export async function downloadRecords(
  device: OfflineStore,
  people: readonly string[],
): Promise<void> {
  await takeEach(device, people, takeOne)
}

/** The same for everybody who is along, and stays so until her turn comes. */
export async function downloadRecordsAgain(device: OfflineStore): Promise<void> {
  // who is being fetched now is one of them
  const people = await inDownloadQueue(async () => device.people().map((each) => each.id))
  if (people.length > 0) await takeEach(device, people, takeOneAgain)
}

/** Each is an errand of her own: what was changed meanwhile is not kept waiting for all the others. */
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
  const caseload = await ask(device, '$caseload')
  // who was left behind meanwhile is not in the lists
  const all = device.people().map((each) => each.id)
  await device.keepBag({
    records: all.length > 0 ? records : [],
    today: todayOf(today, all),
    caseload: offlineCaseloadOf(caseload, all),
  })
}

const outOfReach: readonly string[] = ['missing', 'forbidden']
const ofNobodyInParticular: readonly string[] = ['offline', 'unreachable', 'signed-out']

/** Why this one could not be fetched, when that says nothing of the others. */
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

/** She may be left behind while her record is on its way. */
async function takeOneAgain(device: OfflineStore, person: string): Promise<FhirError | undefined> {
  const isAlong = () => device.people().some((each) => each.id === person)
  return isAlong() ? await takeOne(device, person, isAlong) : undefined
}

/** Not while a record of hers is put back changed: that would bring her back. */
const leave = (device: OfflineStore, person: string) =>
  device.alone('keep', () => device.leavePerson(person))

/** Leaves a person behind: nothing of hers stays on the device but what she still has to hear of. */
export async function removeDownloadedRecords(device: OfflineStore, person: string): Promise<void> {
  await leave(device, person)
  const { records, today, caseload } = device.bag()
  const rest = device.people().map((each) => each.id)
  await device.keepBag({
    records: rest.length > 0 ? records : [],
    ...(today ? { today: todayOf(today, rest) } : {}),
    ...(caseload ? { caseload: offlineCaseloadOf(caseload, rest) } : {}),
  })
}

/**
 * Fetches records anew that were changed while there is a network, so that nobody leaves with old words. What others begin
 * is not looked for one by one: it comes when the person is taken along again. Whether a record is here is asked when
 * its turn comes: it may just be on its way.
 */
export async function refreshDownloadedRecords(
  device: OfflineStore,
  references: readonly string[],
  whose: 'mine' | 'theirs',
): Promise<void> {
  await inDownloadQueue(async () => {
    for (const path of references) {
      const mayConcern = device.people().length > 0 && !device.closed.aborted
      if (mayConcern && (whose === 'mine' || device.records().has(path))) {
        await freshenOne(device, path, whose)
      }
    }
  })
}

async function freshenOne(
  device: OfflineStore,
  path: string,
  whose: 'mine' | 'theirs',
): Promise<void> {
  const record = await readUnlessGone(device, path)
  if (record === undefined) return
  // what was sent meanwhile, here or in another tab, stays beside it
  await device.alone('keep', async () => {
    await device.reload()
    if (record === 'gone') return await drop(device, path)
    const person = device.people().find((each) => patientsOf(record).includes(each.id))
    const isHere = person?.records.some((each) => referenceOf(each) === path) ?? false
    if (!person || !(isHere || whose === 'mine')) return
    const others = person.records.filter((each) => referenceOf(each) !== path)
    await device.keepPerson({ ...person, records: [...others, record] })
  })
}

/** `gone`: it was deleted, or is not for this reader any more. */
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
  const path = `Patient/${person}/$everything`
  const [everything, score] = await Promise.all([
    callServer<Bundle>({ method: 'GET', path, patience: forWholeRecord, signal: device.closed }),
    ask(device, `Patient/${person}/$score`),
  ])
  const records = (everything.entry ?? []).flatMap((entry) => entry.resource ?? [])
  const patient = records.find((each) => referenceOf(each) === `Patient/${person}`)
  const { family = '', given = '' } =
    patient?.resourceType === 'Patient' ? personFromFhir(patient, clockToday()) : {}
  const kept = records.filter((each) => needed.includes(each.resourceType)) as IdentifiedResource[]
  return { id: person, family, given, takenAt, records: kept, score }
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

/** Every form that may be asked, and of colleagues those in the teams of the people who are along. */
async function ofNobody(device: OfflineStore): Promise<readonly IdentifiedResource[]> {
  const forms = await search(device, 'Questionnaire', { status: 'active' })
  const staff = [...new Set(device.people().flatMap((person) => person.records.flatMap(membersOf)))]
  if (staff.length === 0) return forms
  const roles = await search(device, 'PractitionerRole', { practitioner: staff.join(',') })
  const employers = roles.flatMap((role) =>
    role.resourceType === 'PractitionerRole'
      ? (role.organization?.reference?.split('/')[1] ?? [])
      : [],
  )
  if (employers.length === 0) return [...forms, ...roles]
  const organisations = await search(device, 'Organization', {
    _id: [...new Set(employers)].join(','),
  })
  return [...forms, ...roles, ...organisations]
}

function membersOf(resource: Resource): readonly string[] {
  if (resource.resourceType !== 'CareTeam') return []
  const members = (resource.participant ?? []).map((each) => each.member?.reference ?? '')
  return members.filter((each) => each.startsWith('Practitioner/'))
}
