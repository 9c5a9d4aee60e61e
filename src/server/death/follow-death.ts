import type {
  Basic,
  Patient,
  RelatedPerson,
  Resource,
  ServiceRequest,
  Task,
} from '@medplum/fhirtypes'
import {
  afterDeathTasks,
  isAfterDeathTask,
  isWithdrawnTask,
  withdrawnAfterDeath,
} from '#domain/bereavement/after-death-tasks.ts'
import { isDeathWithdrawal } from '#domain/bereavement/death-withdrawal.ts'
import { asBeforeDeath, endedByDeath } from '#domain/bereavement/ended-by-death.ts'
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
    await writeFollows(context, { person, patient: resource as Patient, change })
  }
}

async function writeFollows(
  context: RequestContext,
  death: Pick<DeathChange, 'person' | 'patient' | 'change'>,
): Promise<void> {
  const { now, zone, service } = context
  const writes = await deathFollows(service.sql, { ...death, now, zone })
  if (writes.length === 0) return
  await service.store.writeMany(writes)
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
  now: Date
  zone: string
}>

/** What the service writes after a death was recorded or removed; nothing if it has been written already. */
export async function deathFollows(
  sql: ReadingSql,
  death: DeathChange,
): Promise<readonly WriteRequest[]> {
  const records = await recordsAround(sql, death.person)
  const changed =
    death.change === 'recorded'
      ? [
          ...records.flatMap(({ record }) => endedByDeath(record, death.now) ?? []),
          ...askedFor(records, death),
        ]
      : records.flatMap(({ record }) =>
          isAfterDeathTask(record)
            ? (withdrawnAfterDeath(record) ?? [])
            : (asBeforeDeath(record) ?? []),
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

type Around = Readonly<{ record: ResourceWithId; version: number }>

const types = [
  ...['Task', 'Appointment', 'CommunicationRequest', 'Flag', 'EpisodeOfCare', 'RelatedPerson'],
  ...['ServiceRequest', 'Basic'],
]

async function recordsAround(sql: ReadingSql, person: string): Promise<readonly Around[]> {
  const { rows } = await sql.query<{ id: string; vid: string | number; content: unknown }>(
    `select id, vid, content from resource
     where person = $1 and rt = any($2::text[]) and content is not null order by rid`,
    [person, types],
  )
  return rows.map(({ id, vid, content }) => ({
    record: { ...(storedRecord(content) as ResourceWithId), id },
    version: Number(vid),
  }))
}

/** Only for somebody whom a team looks after. Each once: one that was withdrawn is asked for again. */
function askedFor(
  records: readonly Around[],
  { person, patient, now, zone }: DeathChange,
): readonly ResourceWithId[] {
  const all = records.map(({ record }) => record)
  const episode = all.find(
    (each) => each.resourceType === 'EpisodeOfCare' && ['active', 'onhold'].includes(each.status),
  )
  if (episode?.resourceType !== 'EpisodeOfCare') return []
  const today = dayIn(zone, now)
  const tasks = afterDeathTasks({
    ...{ person, name: nameInWords(patient.name, today), now, today },
    ...given('coordinator', whoFrom(episode.careManager)),
    carers: carersIn(all, today),
    visitors: visitorsIn(all),
  })
  return tasks.filter(({ id }) => {
    const stood = all.find((each) => each.resourceType === 'Task' && each.id === id)
    return !stood || isWithdrawnTask(stood as Task)
  })
}

const carersIn = (all: readonly ResourceWithId[], today: string) =>
  all
    .filter((each): each is RelatedPerson & { id: string } => each.resourceType === 'RelatedPerson')
    .filter(({ active }) => active !== false)
    .map(({ id, name }) => ({ id, name: nameInWords(name, today) }))

/** Help that is arranged, and who provides packages of care. */
function visitorsIn(all: readonly ResourceWithId[]): readonly string[] {
  const names = all.flatMap((each): readonly string[] => {
    if (each.resourceType === 'ServiceRequest') return helpIn(each)
    const care = each.resourceType === 'Basic' ? carePackageFromFhir(each as Basic) : undefined
    return care?.provider ? [care.provider] : []
  })
  return [...new Set(names)]
}

const helpIn = ({ status, intent, code, performer }: ServiceRequest): readonly string[] => {
  if (status !== 'active' || intent === 'proposal') return []
  return [performer?.[0]?.display ?? code?.text ?? ''].filter(Boolean)
}
