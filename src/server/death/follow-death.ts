import type { Coding, Patient, Resource, ServiceRequest, Task } from '@medplum/fhirtypes'
import type { AccessLabel } from '#domain/access/labels/access-label.ts'
import { professionalOnly } from '#domain/access/labels/between.ts'
import { restrictedLabel } from '#domain/access/labels/restricted.ts'
import {
  type AfterDeath,
  afterDeathTasks,
  isWithdrawnTask,
} from '#domain/bereavement/after-death-tasks.ts'
import { isDeathWithdrawal } from '#domain/bereavement/death-withdrawal.ts'
import { endedByDeath } from '#domain/bereavement/ended-by-death.ts'
import { dayIn } from '#domain/calendar/zone.ts'
import { given, whoFrom } from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { deathIn } from '#domain/person/death.ts'
import { nameInWords } from '#domain/person/shown-name.ts'
import { carePackageFromFhir } from '#domain/social-care/care-package.ts'
import type { ProvenanceEntry } from '#server/audit/provenance.ts'
import { note, type RequestContext } from '#server/http/request-context.ts'
import { FhirProblem } from '#server/problem.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import type { WriteRequest } from '#server/store/store.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { afterUndoneDeath } from './after-undone-death.ts'

/** Whether a write records a death, takes it back, or neither. */
export function deathChange(
  before: Resource | undefined,
  after: Resource,
): 'recorded' | 'removed' | undefined {
  if (after.resourceType !== 'Patient') return undefined
  const stood = before?.resourceType === 'Patient' ? deathIn(before) : undefined
  const stands = deathIn(after)
  if (stood === undefined && stands !== undefined) return 'recorded'
  return stood !== undefined && stands === undefined ? 'removed' : undefined
}

/**
 * What follows from a death that was recorded, in the transaction that recorded it: what was open and ahead ends, with
 * its reason, and the team is asked to look after those who are left. If it is taken back, everything that it ended comes
 * back as it was. Throws 422 if a member of staff takes it back without saying why.
 */
export async function followDeath(
  context: RequestContext,
  authored: readonly ProvenanceEntry[],
): Promise<void> {
  for (const each of authored) {
    const { resource, before, act, person } = each
    const change = before && act !== 'D' ? deathChange(before, resource) : undefined
    if (!change || !person) continue
    if (change === 'removed') mustSayWhy(context, person, authored)
    await writeDeathFollows(context, { person, patient: resource as Patient, change })
  }
}

/** Writes what follows from one death; nothing if it has been written already. */
export async function writeDeathFollows(
  context: RequestContext,
  death: Pick<DeathChange, 'person' | 'patient' | 'change'>,
): Promise<void> {
  const writes = await deathFollows(context, death)
  if (writes.length === 0) return
  await context.service.store.writeMany(writes)
  const names = writes.map((each) => `${each.resource.resourceType}/${each.resource.id}`)
  await note(context, new Map([[death.person, names]]), { act: 'U', way: 'by-rule' })
}

function mustSayWhy(
  { actor }: RequestContext,
  person: string,
  authored: readonly ProvenanceEntry[],
): void {
  if (!actor.practitioner) return
  if (authored.some((each) => each.person === person && isDeathWithdrawal(each.resource))) return
  throw new FhirProblem(
    422,
    'business-rule',
    'Say why the record of the death is wrong: everything that it ended comes back',
    { expression: 'Patient.deceased' },
  )
}

type DeathChange = Readonly<{
  person: string
  patient: Patient
  change: 'recorded' | 'removed'
}>

/** What the service writes after a death was recorded or removed; nothing if it has been written already. */
export async function deathFollows(
  call: Pick<RequestContext, 'service' | 'now' | 'zone'>,
  death: DeathChange,
): Promise<readonly WriteRequest[]> {
  const { sql } = call.service
  const records = await recordsAround(sql, death.person)
  const today = dayIn(call.zone, call.now)
  const at = { ...death, now: call.now, today, name: nameInWords(death.patient.name, today) }
  const changed =
    death.change === 'recorded'
      ? [
          ...records.flatMap(({ record }) => endedByDeath(record, call.now) ?? []),
          ...askedFor(records, at),
        ]
      : await afterUndoneDeath(
          call,
          at,
          records.map(({ record }) => record),
        )
  return changed.map((resource): WriteRequest => {
    const stored = records.find(
      ({ record }) => record.resourceType === resource.resourceType && record.id === resource.id,
    )
    return {
      ...{ resource, person: death.person, vouched: false },
      expect: stored ? { version: stored.version } : 'absent',
    }
  })
}

type Around = Readonly<{ record: ResourceWithId; version: number; room: AccessLabel }>

const types = [
  ...['Task', 'Appointment', 'CommunicationRequest', 'Flag', 'EpisodeOfCare', 'RelatedPerson'],
  ...['ServiceRequest', 'Basic'],
]

async function recordsAround(sql: ReadingSql, person: string): Promise<readonly Around[]> {
  type Row = Readonly<{ id: string; vid: string | number; room: AccessLabel; content: unknown }>
  const { rows } = await sql.query<Row>(
    `select id, vid, room, content from resource
     where person = $1 and rt = any($2::text[]) and content is not null order by rid`,
    [person, types],
  )
  return rows.map(({ id, vid, room, content }) => ({
    room,
    record: { ...(storedRecord(content) as ResourceWithId), id },
    version: Number(vid),
  }))
}

type DeathAt = DeathChange & Readonly<{ name: string; now: Date; today: string }>

/** Only for somebody whom a team looks after. Each once: one that was withdrawn is asked for again. */
function askedFor(
  records: readonly Around[],
  { person, name, now, today }: DeathAt,
): readonly ResourceWithId[] {
  const all = records.map(({ record }) => record)
  const episode = all.find(
    (each) => each.resourceType === 'EpisodeOfCare' && ['active', 'onhold'].includes(each.status),
  )
  if (episode?.resourceType !== 'EpisodeOfCare') return []
  const tasks = afterDeathTasks({
    ...{ person, name, now, today },
    ...given('coordinator', whoFrom(episode.careManager)),
    carers: carersIn(records, today),
    visitors: visitorsIn(records, today),
  })
  return tasks.filter(({ id }) => {
    const stood = all.find((each) => each.resourceType === 'Task' && each.id === id)
    return !stood || isWithdrawnTask(stood as Task)
  })
}

/**
 * The labels that close a task as far as a record in this room is closed. What only the person and professionals read is
 * between professionals once the person has died.
 */
const closingOfRoom: Readonly<Partial<Record<AccessLabel, readonly Coding[]>>> = {
  own: [professionalOnly],
  professional: [professionalOnly],
  restricted: [restrictedLabel],
  sealed: [restrictedLabel, professionalOnly],
}

/** No task tells of these at all. */
const untold: readonly AccessLabel[] = ['alone', 'safeguarding']

const closedLike = ({ room }: Around) => given('closing', closingOfRoom[room])

function carersIn(records: readonly Around[], today: string): AfterDeath['carers'] {
  return records.flatMap((each) => {
    const { record, room } = each
    if (record.resourceType !== 'RelatedPerson' || record.active === false) return []
    if (untold.includes(room)) return []
    return [{ id: record.id, name: nameInWords(record.name, today), ...closedLike(each) }]
  })
}

/** Help that is arranged, and who provides packages of care that have not ended. */
function visitorsIn(records: readonly Around[], today: string): AfterDeath['visitors'] {
  return records.flatMap((each) => {
    if (untold.includes(each.room)) return []
    return helpersIn(each.record, today).map((name) => ({ name, ...closedLike(each) }))
  })
}

function helpersIn(record: ResourceWithId, today: string): readonly string[] {
  if (record.resourceType === 'ServiceRequest') return helpIn(record)
  const care = record.resourceType === 'Basic' ? carePackageFromFhir(record) : undefined
  const isOver = care !== undefined && care.endsOn !== '' && care.endsOn < today
  return care?.provider && !isOver ? [care.provider] : []
}

const helpIn = ({ status, intent, code, performer }: ServiceRequest): readonly string[] => {
  if (status !== 'active' || intent === 'proposal') return []
  return [performer?.[0]?.display ?? code?.text ?? ''].filter(Boolean)
}
