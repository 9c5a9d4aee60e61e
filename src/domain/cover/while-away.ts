import type {
  Appointment,
  CodeableConcept,
  Communication,
  Encounter,
  Flag,
  Patient,
  Provenance,
  Resource,
} from '@medplum/fhirtypes'
import { alertDutyOf } from '#domain/alert/alert-duty.ts'
import { closingsOf } from '#domain/alert/closing.ts'
import { isOpenSafety } from '#domain/alert/open-safety.ts'
import { alertAnswersOf } from '#domain/alert/raised-alert.ts'
import { fromSafetyFlag } from '#domain/assessment/safety/safety-flag.ts'
import { zonedMoment } from '#domain/calendar/zone.ts'
import { contactFromFhir } from '#domain/contact/fhir.ts'
import { wardStayFromFhir } from '#domain/discharge/ward-stay.ts'
import {
  as,
  dateTime,
  group,
  type In,
  id,
  list,
  parameters,
  text,
  wordOf,
} from '#domain/fhir/parameters.ts'
import { referenceTarget } from '#domain/fhir/reference-target.ts'
import { isTeamMeeting } from '#domain/meeting/is-team-meeting.ts'
import { talkFromFhir } from '#domain/meeting/talk-fhir.ts'
import { threadMessageFromFhir } from '#domain/message/message-fhir.ts'
import { deathIn } from '#domain/person/death.ts'
import { absenceField } from './absences-answer.ts'
import { coordinatorChangeFromFhir } from './coordinator-change.ts'

/**
 * What a line tells of: a death, hospital, a safety concern or an alert and what was done about it, a message that nobody of
 * the team answered, a contact, a try, a visit that did not take place, what a meeting decided, another coordinator, or
 * something that was written.
 */
export type HappenedKind =
  | ('died' | 'admitted' | 'discharged' | 'safety' | 'message')
  | ('called' | 'tried' | 'visited' | 'visit-cancelled' | 'visit-missed')
  | ('alert' | 'alert-answered' | 'alert-closed')
  | ('handed-over' | 'decided')
  | ('plan' | 'goal' | 'task' | 'need' | 'record')

const line = group({ kind: wordOf<HappenedKind>(), at: dateTime, by: text, text })

/** The result of `$while-away`: what happened to each person meanwhile, the latest first, and who did it. */
export const whileAwayAnswer = parameters({
  absence: absenceField,
  people: as(
    'person',
    list(group({ id, family: text, given: text, lines: as('line', list(line)) })),
  ),
})
export type WhileAway = In<typeof whileAwayAnswer>
export type Happened = WhileAway['people'][number]['lines'][number]

type Span = Readonly<{ from: Date; until: Date; zone: string }>

/** A line, and when the record first said so, if that is not when it happened. */
type Told = Happened & Readonly<{ told?: string | undefined }>

/**
 * What these records of one person tell of this time. `about`: the records as they are now, by `Type/id`. Of a Patient and an
 * Appointment `meta.lastUpdated` says when it was written that somebody died, or that a visit was cancelled.
 */
export function happenedIn(
  records: readonly Resource[],
  about: ReadonlyMap<string, Resource>,
  { from, until, zone }: Span,
): readonly Happened[] {
  const all = [...records.flatMap((each) => linesOf(each, about)), ...unanswered(records)]
  const moment = ({ told, at }: Told) => zonedMoment(told ?? at, zone)
  const isInside = (each: Told) => moment(each) >= Number(from) && moment(each) <= Number(until)
  // who changed the same thing several times is told of once
  const seen = new Set<string>()
  const handed = all.filter(({ kind }) => kind === 'handed-over').map(moment)
  // the case that changed hands is told of by who has it now
  const isOfHandOver = (each: Told) =>
    each.kind === 'record' && each.text === '' && handed.includes(moment(each))
  return (
    all
      .filter((each) => isInside(each) && !isOfHandOver(each))
      // at the same moment, what came of something stands before it
      .toReversed()
      .toSorted((one, other) => moment(other) - moment(one))
      .filter(({ kind, by, text: words, at }) => {
        const isWritten = written.includes(kind)
        const key = isWritten ? `${kind} ${by} ${words}` : `${kind} ${by} ${words} ${at}`
        return !seen.has(key) && seen.add(key)
      })
      .map(({ told: _told, ...each }) => each)
  )
}

const written: readonly HappenedKind[] = ['plan', 'goal', 'task', 'need', 'record']

function linesOf(record: Resource, about: ReadonlyMap<string, Resource>): readonly Told[] {
  switch (record.resourceType) {
    case 'Patient':
      return deathLines(record)
    case 'Communication':
      return contactLines(record)
    case 'Flag':
      return alertLines(record)
    case 'Encounter':
      return [...stayLines(record), ...cancelledLines(record)]
    case 'Appointment':
      return isTeamMeeting(record) ? decisionLines(record) : visitLines(record)
    case 'Basic':
      return handOverLines(record)
    case 'Provenance':
      return writtenLines(record, about)
    default:
      return []
  }
}

function deathLines(patient: Patient): readonly Told[] {
  const died = deathIn(patient)
  const told = patient.meta?.lastUpdated ?? ''
  if (!died || !told) return []
  return [{ kind: 'died', at: died === true ? told : died, by: '', text: '', told }]
}

/** What the person or a carer wrote after the last word of the team in the same thread. */
function unanswered(records: readonly Resource[]): readonly Told[] {
  const messages = records.flatMap((each) =>
    each.resourceType === 'Communication' ? (threadMessageFromFhir(each) ?? []) : [],
  )
  const sound = messages.filter(({ isError }) => !isError)
  const corrected = new Set(sound.map(({ corrects }) => corrects))
  const shown = sound.filter(({ id: message }) => !corrected.has(message))
  const came = (message: (typeof sound)[number]) => message.came ?? message.at
  return shown
    .filter(
      (message) =>
        message.by.voice !== 'professional' &&
        !shown.some(
          (other) =>
            other.thread === message.thread &&
            other.by.voice === 'professional' &&
            Date.parse(came(other)) > Date.parse(came(message)),
        ),
    )
    .map((message) => ({
      ...{ kind: 'message', at: came(message), by: message.by.name, text: message.words },
    }))
}

function contactLines(message: Communication): readonly Happened[] {
  const contact = contactFromFhir(message)
  if (!contact) return []
  const { way, reached, at, by, words } = contact
  const done = way === 'visit' ? 'visited' : 'called'
  return [{ kind: reached ? done : 'tried', at, by: by.name, text: words }]
}

function alertLines(flag: Flag): readonly Happened[] {
  if (flag.status === 'entered-in-error') return []
  return [
    ...raisedLines(flag),
    ...alertAnswersOf(flag).map(({ by, at, words }) => ({
      ...{ kind: 'alert-answered' as const, at, by: by.name, text: words },
    })),
    ...closingsOf(flag).map(({ by, at, words }) => ({
      ...{ kind: 'alert-closed' as const, at, by: by.name, text: words },
    })),
  ]
}

/** An alert has whose it is; a safety concern has what was done about it, whether it is closed since or not. */
function raisedLines(flag: Flag): readonly Happened[] {
  const duty = alertDutyOf(flag)
  if (duty) return [{ kind: 'alert', at: duty.raised, by: duty.owner?.name ?? '', text: duty.kind }]
  const asRaised: Flag = { ...flag, status: 'active' }
  const at = flag.period?.start ?? flag.meta?.lastUpdated
  if (!isOpenSafety(asRaised) || !at) return []
  const safety = fromSafetyFlag(asRaised)
  return [
    { kind: 'safety', at, by: flag.author?.display ?? '', text: safety?.text ?? '' },
    ...(safety?.actions ?? []).map(({ by, at: done, done: words }) => ({
      ...{ kind: 'alert-answered' as const, at: done, by, text: words },
    })),
  ]
}

function stayLines(encounter: Encounter): readonly Happened[] {
  const stay = wardStayFromFhir(encounter)
  if (!stay) return []
  const { from, until, ward, hospital, reason } = stay
  // who died there has a line that says so
  const isDeath = encounter.hospitalization?.dischargeDisposition?.coding?.some(
    ({ code }) => code === 'exp',
  )
  const where = [ward, hospital].filter(Boolean).join(', ')
  return [
    { kind: 'admitted', at: from, by: '', text: reason },
    ...(until && !isDeath ? [{ kind: 'discharged' as const, at: until, by: '', text: where }] : []),
  ]
}

/** A visit that was written down as one, and cancelled; one with an appointment is told of there. */
function cancelledLines(encounter: Encounter): readonly Told[] {
  const { status, period, meta, appointment = [], participant = [], reasonCode = [] } = encounter
  const at = period?.start ?? meta?.lastUpdated
  if (status !== 'cancelled' || appointment.length > 0 || !at) return []
  const who = participant.map(({ individual }) => individual?.display)
  const text = [reasonCode[0]?.text, ...who].filter(Boolean).join(', ')
  return [{ kind: 'visit-cancelled', at, by: '', text, told: meta?.lastUpdated }]
}

const notHeld: Readonly<Record<string, HappenedKind>> = {
  cancelled: 'visit-cancelled',
  noshow: 'visit-missed',
}

function visitLines(appointment: Appointment): readonly Told[] {
  const { status = '', start, meta, description, participant, reasonCode } = appointment
  const kind = notHeld[status]
  const at = start ?? meta?.lastUpdated
  if (!kind || !at) return []
  const others = participant.flatMap(({ actor }) =>
    actor?.display && !actor.reference?.startsWith('Patient/') ? [actor.display] : [],
  )
  const text = [description ?? reasonCode?.[0]?.text, ...others]
  return [{ kind, at, by: '', text: text.filter(Boolean).join(', '), told: meta?.lastUpdated }]
}

/** What a meeting decided about the person, and who does it. */
function decisionLines(appointment: Appointment): readonly Happened[] {
  const decisions = talkFromFhir(appointment)?.decisions ?? []
  return decisions.map(({ words, owner, written: { by, at } }) => ({
    ...{ kind: 'decided', at, by: by.name },
    text: [words, owner.name].filter(Boolean).join(', '),
  }))
}

/** Somebody else coordinates the care, and why; what was taken back is not told of. */
function handOverLines(record: Resource): readonly Happened[] {
  const change = coordinatorChangeFromFhir(record)
  if (!change || change.undone) return []
  const { to, reason, by, at } = change
  return [{ kind: 'handed-over', at, by: by.name, text: [to.name, reason].join(': ') }]
}

const kindOfType: Readonly<Record<string, HappenedKind>> = {
  CarePlan: 'plan',
  Goal: 'goal',
  Task: 'task',
  Condition: 'need',
}

function writtenLines(
  { target, recorded, agent, activity }: Provenance,
  about: ReadonlyMap<string, Resource>,
): readonly Happened[] {
  const code = activity?.coding?.[0]?.code ?? ''
  const to = referenceTarget(target[0]?.reference ?? '')
  if (!to || !['CREATE', 'UPDATE'].includes(code)) return []
  // what the reader may not see is not hinted at, and no Basic is told of: a safeguarding concern is one
  const record = about.get(`${to.type}/${to.id}`)
  if (!record || to.type === 'Basic') return []
  return [
    {
      ...{ kind: kindOfType[to.type] ?? 'record', at: recorded, by: agent[0]?.who.display ?? '' },
      text: wordsOf(record),
    },
  ]
}

type Worded = Readonly<{ description?: string | CodeableConcept; code?: CodeableConcept }>

/** What it is about, as the record says it now. */
function wordsOf(record: Resource): string {
  const { description, code } = record as Worded
  return (typeof description === 'string' ? description : description?.text) ?? code?.text ?? ''
}
