import type { Bundle, Parameters, Provenance, Resource } from '@medplum/fhirtypes'
import { recordsIn } from '#client/cache/records-at-hand.ts'
import { clockToday, clockZone, now } from '#client/clock.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import type { FhirCall } from '#client/fhir/offline-responder.ts'
import { useSession } from '#client/session/session.ts'
import { isAboutNobody } from '#domain/access/record-owner.ts'
import { lastChanges, lastChangesRequest } from '#domain/agreement/last-changes.ts'
import { caseloadAnswer, caseloadPage, caseloadRowFrom } from '#domain/case/caseload-page.ts'
import { caseloadParameters, caseloadRequest } from '#domain/case/caseload-parameters.ts'
import { answeringOrganisations } from '#domain/contact/answering-organisations.ts'
import { homePlaceIn } from '#domain/home/care-home.ts'
import { houseRecords, houseRequest } from '#domain/plan/house/house-records.ts'
import { offlineTodayLeft } from '#domain/sync/offline-today.ts'
import { myTasksToParameters, whoseTasks } from '#domain/task/my-tasks.ts'
import { openTasks } from '#domain/task/open-tasks.ts'
import { notDownloaded, offlineSearch } from './offline-search.ts'
import { queueWrite } from './queue-write.ts'
import type { OfflineStore } from './storage/offline-store.ts'

/** Answers a request from what is on the device; writes are queued there. Rejects with `FhirError`. */
export async function offlineFhirAnswer(device: OfflineStore, call: FhirCall): Promise<unknown> {
  const entries = offlineEntriesOf(call)
  if (entries) {
    const queued = await queueWrite(device, entries, { at: now().toISOString() })
    return call.method === 'PUT'
      ? queued[0]
      : { resourceType: 'Bundle', type: 'transaction-response' }
  }
  if (call.method === 'GET') return readFrom(device, call.path)
  if (call.form) return searchIn(device, call.path.split('/')[0] ?? '', call.form)
  return operationOn(device, call)
}

/** What a request would write, as entries of a transaction; undefined if it only reads. */
export function offlineEntriesOf(call: FhirCall): Bundle['entry'] {
  if (call.method === 'POST' && call.path === '') return (call.body as Bundle).entry ?? []
  if (call.method !== 'PUT' && call.method !== 'DELETE') return undefined
  const { 'If-Match': ifMatch, 'If-None-Match': ifNoneMatch } = call.headers ?? {}
  return [
    {
      ...(call.body ? { resource: call.body as Resource } : {}),
      request: {
        ...{ method: call.method, url: call.path },
        ...(ifMatch ? { ifMatch } : {}),
        ...(ifNoneMatch ? { ifNoneMatch } : {}),
      },
    },
  ]
}

function readFrom(device: OfflineStore, path: string): Resource {
  if (path.includes('/_history')) throw notDownloaded()
  const found = device.records().get(path)
  if (found) return found
  if (path.startsWith('Patient/')) throw notDownloaded()
  throw new FhirError({ status: 404 })
}

function searchIn(device: OfflineStore, type: string, form: URLSearchParams): Bundle {
  if (!isAboutNobody(type)) mustBeAlong(device, type, form)
  return offlineSearch(type, form, device.records())
}

/** An empty answer about a person who is not downloaded would look like an empty record. */
function mustBeAlong(device: OfflineStore, type: string, form: URLSearchParams): void {
  const person = type === 'Patient' ? form.get('_id') : form.get('patient')?.split('/')[1]
  const isById = type !== 'Patient' && form.has('_id')
  if (!isById && !device.people().some((each) => each.id === person)) throw notDownloaded()
}

function operationOn(device: OfflineStore, { path, body }: FhirCall): Parameters | Bundle {
  if (path === 'Provenance/$last-changes') return lastChangesOn(device, body as Parameters)
  if (path === 'CarePlan/$house') return houseOn(device, body as Parameters)
  const [name, query] = path.split('?')
  const person = device.people().find((each) => name === `Patient/${each.id}/$score`)
  const answers: Readonly<Record<string, () => Parameters | undefined>> = {
    $today: () => {
      const list = device.bag().today
      return (
        list && offlineTodayLeft(list, device.records(), { today: clockToday(), zone: clockZone() })
      )
    },
    $caseload: () => {
      const list = device.bag().caseload
      return list && offlineCaseload(list, body as Parameters | undefined)
    },
    '$my-tasks': () => tasksOn(device, new URLSearchParams(query)),
  }
  const answer = person ? person.score : answers[name ?? '']?.()
  if (!answer) throw notDownloaded()
  return answer
}

function lastChangesOn(device: OfflineStore, parameters: Parameters): Bundle {
  const { patient } = lastChangesRequest.read(parameters)
  const form = new URLSearchParams({ patient: `Patient/${patient}` })
  const found = recordsIn(searchIn(device, 'Provenance', form)) as readonly Provenance[]
  const entry = lastChanges(found, patient).map((resource) => ({ resource }))
  return { resourceType: 'Bundle', type: 'searchset', total: entry.length, entry }
}

/** The same records as online: those of the person, and whoever is in their team. */
function houseOn(device: OfflineStore, parameters: Parameters): Bundle {
  const { patient } = houseRequest.read(parameters)
  const of = `Patient/${patient}`
  mustBeAlong(device, 'CarePlan', new URLSearchParams({ patient: of }))
  const found = Object.entries(houseRecords).flatMap(([type, { belongs = () => true }]) =>
    type === 'Provenance'
      ? []
      : recordsIn(searchIn(device, type, new URLSearchParams({ patient: of }))).filter(belongs),
  )
  const people = found.flatMap((each) =>
    each.resourceType === 'CareTeam' ? (each.participant ?? []) : [],
  )
  const team = [...new Set(people.flatMap(({ member }) => member?.reference ?? []))]
    .filter((reference) => reference.startsWith('Practitioner/'))
    .flatMap((reference) => device.records().get(reference) ?? [])
  const own = device.records().get(of)
  const place = own?.resourceType === 'Patient' ? homePlaceIn(own) : undefined
  const home = place ? device.records().get(`Organization/${place}`) : undefined
  const changes = recordsIn(lastChangesOn(device, parameters))
  const about = [own, home].flatMap((each) => each ?? [])
  const hours = hoursOn(device, [...about, ...found])
  const entry = [...about, ...found, ...team, ...hours, ...changes].map((resource) => ({
    resource,
  }))
  return { resourceType: 'Bundle', type: 'searchset', total: entry.length, entry }
}

/** When the practice or team of these records answers its telephone. */
function hoursOn(device: OfflineStore, records: readonly Resource[]): readonly Resource[] {
  const organisations = answeringOrganisations(records)
  return [...device.records().values()].filter(
    (each) =>
      (each.resourceType === 'HealthcareService' &&
        organisations.includes(each.providedBy?.reference ?? '')) ||
      (each.resourceType === 'Organization' && organisations.includes(`Organization/${each.id}`)),
  )
}

function tasksOn(device: OfflineStore, query: URLSearchParams): Parameters {
  const request = {
    whose: whoseTasks.find((each) => each === query.get('whose')) ?? 'mine',
    count: Number(query.get('count') ?? 50),
    offset: Number(query.get('offset') ?? 0),
    me: `Practitioner/${useSession.getState().actor?.practitioner ?? ''}`,
    today: clockToday(),
    zone: clockZone(),
  }
  return myTasksToParameters(openTasks(device.records(), request))
}

/** The lines that are on the device, narrowed and sorted as the service does it. */
function offlineCaseload(list: Parameters, asked: Parameters | undefined): Parameters {
  const rows = caseloadParameters.read(list).people.map(caseloadRowFrom)
  return caseloadAnswer(caseloadPage(rows, caseloadRequest.read(asked), clockToday()), rows.length)
}

/** A caseload reduced to the people who are downloaded. */
export function offlineCaseloadOf(list: Parameters, downloaded: readonly string[]): Parameters {
  const { people, ...rest } = caseloadParameters.read(list)
  return caseloadParameters.write({
    ...rest,
    people: people.filter(({ person }) => downloaded.includes(person)),
  })
}
