import type { Appointment, CommunicationRequest, Flag, Resource, Task } from '@medplum/fhirtypes'
import { isAlertFlag } from '#domain/alert/is-alert-flag.ts'
import { gableUrl } from '#domain/fhir/codes.ts'
import { extensionOf } from '#domain/fhir/references-and-extensions.ts'
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
  if (extensionOf(record as Endable, name)) return undefined
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
  const mark = {
    url: gableUrl(name),
    extension: [{ url: 'was', valueString: JSON.stringify(was) }],
  }
  return {
    ...record,
    ...change,
    extension: [...(record.extension ?? []), mark],
  } as unknown as Endable
}

/** The record as it was before a death ended it; undefined if none did, or if somebody has changed its state since. */
export function asBeforeDeath(record: Resource): Endable | undefined {
  const kept = record as Endable
  const mark = extensionOf(kept, name)
  if (!mark || !isStillEnded(kept)) return undefined
  const was = JSON.parse(
    mark.extension?.find(({ url }) => url === 'was')?.valueString ?? '{}',
  ) as object
  const { extension = [], ...rest } = withoutEnd(kept)
  const others = extension.filter(({ url }) => url !== gableUrl(name))
  return {
    ...rest,
    ...was,
    ...(others.length > 0 ? { extension: others } : {}),
  } as Endable
}

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
