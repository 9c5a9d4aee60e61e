import type { Resource } from '@medplum/fhirtypes'
import { type Actor, isStaff } from '#domain/access/actor.ts'
import { isAlarm } from '#domain/alert/open-safety.ts'
import { isEmergencyOpening } from '#domain/card/card-opening.ts'
import { opensRooms } from '#domain/consent/consent.ts'
import { type AccessLabel, staffAccessLabels, staysOpenToPatient } from './access-label.ts'
import { isBetween } from './between.ts'
import { isOwnedByPatient } from './owned-by-patient.ts'
import { isRestricted } from './restricted.ts'
import { reasonOf } from './restriction.ts'

/** `between`: professionals only; `restricted`: named professionals and the person. */
type Closing = 'between' | 'restricted'

/** What a write does to the labels that restrict a record. */
export type Labelling = Readonly<{
  /** added, removed, or with another reason than before */
  touched: readonly Closing[]
  /** it gives a reason, or is of a kind that needs none, or nothing is newly restricted */
  explained: boolean
  /** a record that must never be hidden from the person would be, or one that others have to find */
  misplaced: boolean
  isNew: boolean
  /** of a message: reference of the one who sent it, before and after */
  sender: string | undefined
}>

export type Relabelling = Readonly<{
  before?: Resource | undefined
  after: Resource
  /** the rooms in which the record is and would be */
  from?: AccessLabel | undefined
  to: AccessLabel
  /** an earlier version was of a kind that is never hidden from the person, whatever it became since */
  wasOwnedByPatient?: boolean
  /** it would refer to something that is hidden from the person */
  speaksOfClosed?: boolean
}>

/**
 * Undefined if the write neither restricts nor opens anything by labels, and hides nothing that belongs to the person
 * in another way.
 */
export function labellingOf(change: Relabelling): Labelling | undefined {
  const { before, after } = change
  const had = closingOf(before)
  const has = closingOf(after)
  const put = has.filter((each) => !had.includes(each))
  const taken = had.filter((each) => !has.includes(each))
  const isReworded = put.length === 0 && has.length > 0 && whyOf(before) !== whyOf(after)
  const misplaced = isMisplaced(change, put)
  const touched = [...put, ...taken, ...(isReworded ? has : [])]
  if (touched.length === 0 && !misplaced) return undefined
  return {
    ...{ touched, misplaced, isNew: before === undefined },
    explained: isExplained(after, put, isReworded),
    sender: senderOf(after) === senderOf(before ?? after) ? senderOf(after) : undefined,
  }
}

function closingOf(resource: Resource | undefined): readonly Closing[] {
  if (!resource) return []
  return [
    ...(isBetween(resource) ? (['between'] as const) : []),
    ...(isRestricted(resource) ? (['restricted'] as const) : []),
  ]
}

const whyOf = (resource: Resource | undefined) => (resource ? reasonOf(resource) : undefined)

function senderOf(resource: Resource): string | undefined {
  return resource.resourceType === 'Communication' ? resource.sender?.reference : undefined
}

function isMisplaced(change: Relabelling, put: readonly Closing[]): boolean {
  const { after } = change
  if (put.length > 0 && (isEmergencyOpening(after) || opensRooms(after))) return true
  if (put.includes('restricted') && isAlarm(after) && change.before) return true
  return hidesOwned(change, put)
}

/** By a label, by what the record refers to, or by its kind. */
function hidesOwned(change: Relabelling, put: readonly Closing[]) {
  const { before, after, from, to, wasOwnedByPatient, speaksOfClosed } = change
  if (speaksOfClosed && staysOpenToPatient(after)) return true
  if (put.includes('between'))
    return wasOwnedByPatient === true || isOwned(before) || isOwned(after)
  const closes = isClosedToPatient(to) && !isClosedToPatient(from)
  if (closes && (wasOwnedByPatient || isOwned(before))) return true
  return isBetween(after) && isOwned(after) && !isOwned(before)
}

const isOwned = (resource: Resource | undefined) =>
  resource !== undefined && isOwnedByPatient(resource)

const isClosedToPatient = (room: AccessLabel | undefined) =>
  room !== undefined && staffAccessLabels.includes(room)

/** Notes, alerts, suggestions and scores are always between professionals: they need no reason for that. */
const betweenByNature: readonly string[] = ['Communication', 'Flag', 'RiskAssessment', 'Task']

function isExplained(after: Resource, put: readonly Closing[], isReworded: boolean): boolean {
  if (put.length === 0 && !isReworded) return true
  if (reasonOf(after)) return true
  return put.length === 1 && put[0] === 'between' && betweenByNature.includes(after.resourceType)
}

export type LabelFault = 'not-your-role' | 'never-hidden-from-patient' | 'no-reason'

type LabelledWrite = Readonly<{ actor: Actor; relation: string; labelling?: Labelling | undefined }>

/**
 * What is wrong with the labels of a write; undefined if nothing is. Labels count as content: named professionals and
 * administrators add and remove them. The writer of something new between professionals, and the sender of a message,
 * may do so without being named, too. `own`: the references that mean the writer.
 */
export function labelFault(write: LabelledWrite, own: readonly string[]): LabelFault | undefined {
  const { labelling } = write
  if (!labelling) return undefined
  if (labelling.misplaced) return 'never-hidden-from-patient'
  if (!mayLabel(write, labelling, own)) return 'not-your-role'
  return labelling.explained ? undefined : 'no-reason'
}

function mayLabel(
  { actor, relation }: LabelledWrite,
  { touched, isNew, sender }: Labelling,
  own: readonly string[],
): boolean {
  if (relation === 'all') return true
  if (!isStaff(actor) || actor.role === 'program') return false
  if (relation === 'named') return true
  if (touched.includes('restricted')) return false
  return isNew || (sender !== undefined && own.includes(sender))
}
