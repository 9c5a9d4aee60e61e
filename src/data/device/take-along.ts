import type { Bundle, Parameters, Resource } from '@medplum/fhirtypes'
import { now } from '#data/clock.ts'
import { callServer } from '#data/wire/fhir-client.ts'
import { FhirError } from '#data/wire/fhir-error.ts'
import { personFromFhir } from '#domain/person/fhir.ts'
import { storyTypes } from '#domain/story/story.ts'
import { peopleOf } from '#domain/waiting/people-of.ts'
import { todayOf } from '#domain/waiting/still-to-do.ts'
import { type Kept, referenceOf } from '#domain/waiting/waiting.ts'
import { caseloadOf } from './answers.ts'
import type { Along, Device } from './device.ts'

/** The least that the pages of a person are made from; invoices, claims and the like stay where they are. */
const needed: readonly string[] = [
  ...storyTypes,
  ...['Patient', 'Goal', 'Task', 'Flag', 'CareTeam', 'EpisodeOfCare', 'RelatedPerson', 'Consent'],
  ...['RiskAssessment', 'Practitioner', 'Organization', 'Medication', 'Location'],
]

/** A whole record takes its time over a thin line, in milliseconds. */
const forWholeRecord = 60_000

const ask = (path: string) =>
  callServer<Parameters>({ method: 'POST', path, body: { resourceType: 'Parameters' } })

/**
 * Fetches the records of these people and keeps them on the device, beside those who are along already: after it the
 * device has each as it stands now, and nobody who is out of reach. Rejects with `FhirError` when it could not fetch
 * somebody, after all the others; at once when nobody answers.
 */
export async function takeAlong(device: Device, people: readonly string[]): Promise<void> {
  let failure: FhirError | undefined
  for (const person of people) failure = (await takeOne(device, person)) ?? failure
  const all = device.people().map((each) => each.id)
  await device.keepBag({
    records: await ofNobody(device),
    today: todayOf(await ask('$today'), all),
    caseload: caseloadOf(await ask('$caseload'), all),
  })
  if (failure) throw failure
}

const outOfReach: readonly string[] = ['missing', 'forbidden']
const ofNobodyInParticular: readonly string[] = ['offline', 'unreachable', 'signed-out']

/** Why this one could not be fetched, when that says nothing of the others. */
async function takeOne(device: Device, person: string): Promise<FhirError | undefined> {
  try {
    await device.keepPerson(await fetched(person))
    return undefined
  } catch (error) {
    if (!(error instanceof FhirError) || ofNobodyInParticular.includes(error.kind)) throw error
    if (outOfReach.includes(error.kind)) await device.leavePerson(person)
    return error
  }
}

/** Leaves a person behind: nothing of hers stays on the device but what she still has to hear of. */
export async function leaveBehind(device: Device, person: string): Promise<void> {
  await device.leavePerson(person)
  const { records, today, caseload } = device.bag()
  const rest = device.people().map((each) => each.id)
  await device.keepBag({
    records: rest.length > 0 ? records : [],
    ...(today ? { today: todayOf(today, rest) } : {}),
    ...(caseload ? { caseload: caseloadOf(caseload, rest) } : {}),
  })
}

/**
 * Fetches records anew that were changed while there is a network, so that nobody leaves with old words. What others begin
 * is not looked for one by one: it comes when the person is taken along again.
 */
export async function freshen(
  device: Device,
  references: readonly string[],
  whose: 'mine' | 'theirs',
): Promise<void> {
  for (const path of references) {
    const record = await readOrDrop(device, path)
    const person = record && device.people().find((each) => peopleOf(record).includes(each.id))
    const isHere = person?.records.some((each) => referenceOf(each) === path) ?? false
    if (!record || !person || !(isHere || whose === 'mine')) continue
    const others = person.records.filter((each) => referenceOf(each) !== path)
    await device.keepPerson({ ...person, records: [...others, record] })
  }
}

async function readOrDrop(device: Device, path: string): Promise<Kept | undefined> {
  try {
    return await callServer<Kept>({ method: 'GET', path })
  } catch (error) {
    if (error instanceof FhirError && outOfReach.includes(error.kind)) await drop(device, path)
    return undefined
  }
}

/** A record that was deleted, or is not for this reader any more. */
async function drop(device: Device, path: string): Promise<void> {
  for (const person of device.people()) {
    const records = person.records.filter((each) => referenceOf(each) !== path)
    if (records.length < person.records.length) await device.keepPerson({ ...person, records })
  }
}

async function fetched(person: string): Promise<Along> {
  const takenAt = now().toISOString()
  const path = `Patient/${person}/$everything`
  const [everything, score] = await Promise.all([
    callServer<Bundle>({ method: 'GET', path, patience: forWholeRecord }),
    ask(`Patient/${person}/$score`),
  ])
  const records = (everything.entry ?? []).flatMap((entry) => entry.resource ?? [])
  const patient = records.find((each) => referenceOf(each) === `Patient/${person}`)
  const { family = '', given = '' } =
    patient?.resourceType === 'Patient' ? personFromFhir(patient) : {}
  const kept = records.filter((each) => needed.includes(each.resourceType)) as Kept[]
  return { id: person, family, given, takenAt, records: kept, score }
}

const search = async (type: string, params: Readonly<Record<string, string>>) => {
  const form = new URLSearchParams({ _count: '500', ...params })
  const found = await callServer<Bundle>({ method: 'POST', path: `${type}/_search`, form })
  return (found.entry ?? []).flatMap((entry) => entry.resource ?? []) as Kept[]
}

/** Every form that may be asked, and of colleagues those in the teams of the people who are along. */
async function ofNobody(device: Device): Promise<readonly Kept[]> {
  const forms = await search('Questionnaire', { status: 'active' })
  const staff = [...new Set(device.people().flatMap((person) => person.records.flatMap(membersOf)))]
  if (staff.length === 0) return forms
  const roles = await search('PractitionerRole', { practitioner: staff.join(',') })
  const employers = roles.flatMap((role) =>
    role.resourceType === 'PractitionerRole'
      ? (role.organization?.reference?.split('/')[1] ?? [])
      : [],
  )
  if (employers.length === 0) return [...forms, ...roles]
  const organisations = await search('Organization', { _id: [...new Set(employers)].join(',') })
  return [...forms, ...roles, ...organisations]
}

function membersOf(resource: Resource): readonly string[] {
  if (resource.resourceType !== 'CareTeam') return []
  const members = (resource.participant ?? []).map((each) => each.member?.reference ?? '')
  return members.filter((each) => each.startsWith('Practitioner/'))
}
