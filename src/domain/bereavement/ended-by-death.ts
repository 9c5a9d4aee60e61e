import type { Appointment, CommunicationRequest, Flag, Resource, Task } from '@medplum/fhirtypes'
import { isAlertFlag } from '#domain/alert/is-alert-flag.ts'
import {
  extensionOf,
  extensionsOf,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import { isHandOver } from '#domain/team/hand-over-fhir.ts'
import { isAfterDeathTask } from './after-death-tasks.ts'

const name = 'ended-by-death'
const endedReason = 'The person has died'

type Endable = (Task | Appointment | CommunicationRequest | Flag) & { id: string }

const openTask = ['draft', 'requested', 'received', 'accepted', 'ready', 'in-progress', 'on-hold']
const openAppointment = ['proposed', 'pending', 'booked', 'waitlist']
const openRequest = ['draft', 'active', 'on-hold']

/**
 * The record as ended by a death, with the state it had; undefined if a death ends nothing here. Kept: what is over, what
 * was before the death, a referral and a hand-over (somebody has to be told), a concern about safety (somebody has to
 * look), a proposal, and what the death itself asks for.
 */
export function endedByDeath(record: Resource, now: Date): Endable | undefined {
  switch (record.resourceType) {
    case 'Task':
      return isEndedTask(record) ? ended(record, cancelled) : undefined
    case 'Appointment':
      return isAhead(record, now) ? ended(record, calledOff) : undefined
    case 'CommunicationRequest':
      return openRequest.includes(record.status) ? ended(record, revoked) : undefined
    case 'Flag':
      return endedAlert(record, now)
    default:
      return undefined
  }
}

const reason = { text: endedReason }
const cancelled = { status: 'cancelled', statusReason: reason } as const
const calledOff = { status: 'cancelled', cancelationReason: reason } as const
const revoked = { status: 'revoked', statusReason: reason } as const

function endedAlert(flag: Flag, now: Date): Endable | undefined {
  if (flag.status !== 'active' || !isAlertFlag(flag)) return undefined
  return ended(flag, { status: 'inactive', period: { ...flag.period, end: now.toISOString() } })
}

function isEndedTask(task: Task): boolean {
  const isReferral = task.code?.coding?.some(({ code }) => code === 'referral') ?? false
  return (
    task.intent === 'order' &&
    openTask.includes(task.status) &&
    !isReferral &&
    !isHandOver(task) &&
    !isAfterDeathTask(task)
  )
}

function isAhead({ status, start, requestedPeriod }: Appointment, now: Date): boolean {
  const at = start ?? requestedPeriod?.[0]?.start
  return openAppointment.includes(status) && (at === undefined || Date.parse(at) > Number(now))
}

/** What it said before stays in it, word for word, so that it comes back as it was. */
function ended<R extends Endable | Task | Appointment | CommunicationRequest | Flag>(
  record: R,
  change: Partial<R>,
): Endable {
  const was = Object.fromEntries(
    Object.keys(change).flatMap((key) => {
      const value = record[key as keyof R]
      return value === undefined ? [] : [[key, value]]
    }),
  )
  const mark = { extension: [{ url: 'was', valueString: JSON.stringify(was) }] }
  const { extension: _stood, ...rest } = record
  return { ...rest, ...change, ...withExtensions(record, { [name]: [mark] }) } as unknown as Endable
}

export const wasEndedByDeath = (record: Resource): boolean =>
  extensionOf(record as Endable, name) !== undefined && isStillEnded(record as Endable)

/** As it is stored: only the service says that a death ended it, and that is so for as long as it stays ended. */
export function withOwnDeathMark<R extends Resource>(record: R, before: Resource | undefined): R {
  const sent = record as R & Pick<Endable, 'extension'>
  const stood = before ? extensionsOf(before as Endable, name) : []
  if (stood.length === 0 && !extensionOf(sent, name)) return record
  const kept = isStillEnded(record as unknown as Endable) ? stood : []
  const { extension: _sent, ...rest } = sent
  return { ...rest, ...withExtensions(sent, { [name]: kept }) } as R
}

/**
 * The record as it was before a death ended it; undefined if none did, if somebody has changed its state since, if nobody
 * can read what it was, or if the time of a visit has passed meanwhile.
 */
export function asBeforeDeath(record: Resource, now: Date): Endable | undefined {
  const kept = record as Endable
  const mark = extensionOf(kept, name)
  if (!mark || !isStillEnded(kept)) return undefined
  const was = stateBefore(kept, mark.extension?.find(({ url }) => url === 'was')?.valueString)
  if (!was) return undefined
  const { extension: _mark, ...rest } = withoutEnd(kept)
  const stood = { ...rest, ...was, ...withExtensions(kept, { [name]: [] }) } as Endable
  return stood.resourceType === 'Appointment' && !isAhead(stood, now) ? undefined : stood
}

/** What a death changes beside the state, and in which states something is open. */
const keptOf = {
  Task: { open: openTask, also: 'statusReason' },
  Appointment: { open: openAppointment, also: 'cancelationReason' },
  CommunicationRequest: { open: openRequest, also: 'statusReason' },
  Flag: { open: ['active'], also: 'period' },
} as const

/** Nothing else comes back, whatever the mark says: records may be older than the guard of the mark. */
function stateBefore({ resourceType }: Endable, words: string | undefined): object | undefined {
  const facts = keptOf[resourceType]
  const was = objectIn(words)
  const { status, [facts?.also]: also } = was
  if (!facts?.open.some((each) => each === status)) return undefined
  return { status, ...(isObject(also) ? { [facts.also]: also } : {}) }
}

function objectIn(words = ''): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(words)
    return isObject(read) ? read : {}
  } catch {
    return {}
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isStillEnded = ({ status }: Endable) =>
  ['cancelled', 'revoked', 'inactive'].includes(status ?? '')

function withoutEnd(record: Endable): Endable {
  switch (record.resourceType) {
    case 'Appointment': {
      const { cancelationReason: _reason, ...rest } = record
      return rest
    }
    case 'Flag': {
      const { period: _period, ...rest } = record
      return rest
    }
    default: {
      const { statusReason: _reason, ...rest } = record
      return rest
    }
  }
}
