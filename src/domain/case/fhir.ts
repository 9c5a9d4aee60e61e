import type { CareTeam, EpisodeOfCare, EpisodeOfCareStatusHistory } from '@medplum/fhirtypes'
import {
  extensionOf,
  given,
  hasSameContent,
  idIn,
  ownCode,
  referenceTo,
  whoFrom,
  withExtensions,
  writtenExtension,
  writtenFrom,
} from '#domain/fhir/references-and-extensions.ts'
import type { Who, WrittenBy } from '#domain/plan/plan.ts'
import type { Case, CaseState } from './case.ts'
import { stepDownIn, stepDownTo } from './step-down.ts'

type Status = EpisodeOfCare['status']

const stateOf: Readonly<Record<Status, CaseState>> = {
  planned: 'listed',
  waitlist: 'listed',
  active: 'open',
  onhold: 'paused',
  finished: 'closed',
  cancelled: 'not-now',
  'entered-in-error': 'undone',
}

export const statusOfCase: Readonly<Record<CaseState, Status>> = {
  listed: 'planned',
  open: 'active',
  paused: 'onhold',
  closed: 'finished',
  'not-now': 'cancelled',
  undone: 'entered-in-error',
}

/** The state of a FHIR status; an unknown one counts as ended. */
export function stateOfStatus(status: string | undefined): CaseState {
  return stateOf[status as Status] ?? 'closed'
}

const reasonIn = (episode: EpisodeOfCare) =>
  extensionOf(episode, episode.status === 'onhold' ? 'paused-because' : 'not-now')?.valueString

function outcomeOf(episode: EpisodeOfCare): Case['outcome'] {
  const { coding, text = '' } = extensionOf(episode, 'case-outcome')?.valueCodeableConcept ?? {}
  const code = coding?.[0]?.code
  return code ? { code, words: text } : undefined
}

const codedOutcome = ({ code, words }: NonNullable<Case['outcome']>) => ({
  valueCodeableConcept: { ...ownCode(code), ...(words.trim() ? { text: words } : {}) },
})

export function caseFromFhir(episode: EpisodeOfCare): Case {
  const before = episode.statusHistory?.at(-1)?.status
  return {
    id: episode.id ?? '',
    ...given('version', episode.meta?.versionId),
    person: idIn(episode.patient.reference),
    state: stateOf[episode.status],
    ...given('stateBefore', before && stateOf[before]),
    ...given('coordinator', whoFrom(episode.careManager)),
    ...given('organisation', idIn(episode.managingOrganization?.reference)),
    ...given('referral', idIn(episode.referralRequest?.[0]?.reference)),
    ...given('since', episode.period?.start),
    ...given('until', episode.period?.end),
    ...given('reason', reasonIn(episode)),
    ...given('lookAgain', extensionOf(episode, 'look-again')?.valueDate),
    ...given('decided', writtenFrom(episode, undefined)),
    ...given('outcome', outcomeOf(episode)),
    ...given('continues', extensionOf(episode, 'case-continues')?.valueString),
    ...given('comeBack', extensionOf(episode, 'case-come-back')?.valueString),
    ...given('after', idIn(extensionOf(episode, 'after-case')?.valueReference?.reference)),
    ...given('stepDown', stepDownIn(episode)),
  }
}

/** `at` is the instant of the change: it ends the state before, if the state changes. Elements that we do not know stay. */
export function caseToFhir(
  found: Case,
  at: string,
  onto?: EpisodeOfCare,
): EpisodeOfCare & { id: string } {
  const { extension: _extension, ...rest } = onto ?? {}
  const moved = !onto || stateOf[onto.status] !== found.state
  return {
    patient: { reference: `Patient/${found.person}` },
    ...rest,
    resourceType: 'EpisodeOfCare',
    id: found.id,
    status: moved ? statusOfCase[found.state] : onto.status,
    ...(onto && moved ? { statusHistory: historyWith(onto, at) } : {}),
    ...(found.coordinator ? { careManager: referenceTo(found.coordinator) } : {}),
    ...given('managingOrganization', found.organisation && organisationOf(found.organisation)),
    ...(found.referral
      ? { referralRequest: [{ reference: `ServiceRequest/${found.referral}` }] }
      : {}),
    period: { ...given('start', found.since), ...given('end', found.until) },
    ...withExtensions(onto, {
      'not-now': reasonFor(found, 'not-now'),
      'look-again': lookAgainOf(found),
      ...(found.decided ? { written: writtenExtension(found.decided) } : {}),
      'paused-because': reasonFor(found, 'paused'),
      ...endOf(found),
      'after-case': found.after
        ? [{ valueReference: { reference: `EpisodeOfCare/${found.after}` } }]
        : [],
    }),
  }
}

const endOf = ({ outcome, continues, comeBack, stepDown }: Case) => ({
  'case-outcome': outcome ? [codedOutcome(outcome)] : [],
  'case-continues': textOf(continues),
  'case-come-back': textOf(comeBack),
  'step-down': stepDown ? [stepDownTo(stepDown)] : [],
})

const textOf = (text: string | undefined) => (text ? [{ valueString: text }] : [])

const lookAgainOf = ({ state, lookAgain }: Case) =>
  state === 'not-now' && lookAgain ? [{ valueDate: lookAgain }] : []

const reasonFor = ({ state, reason }: Case, during: CaseState) =>
  state === during && reason ? [{ valueString: reason }] : []

const organisationOf = (id: string) => ({ reference: `Organization/${id}` })

function historyWith(onto: EpisodeOfCare, at: string): EpisodeOfCareStatusHistory[] {
  const period = { ...given('start', onto.period?.start), end: at }
  return [...(onto.statusHistory ?? []), { status: onto.status, period }]
}

/**
 * A decision that was taken back, with what was decided: nothing is erased. A person who was listed before (`listed`,
 * the last version before the decision) is listed again as they were, by the organisation and with whom it named, and
 * the decision stays in the history.
 */
export function undoneDecision(
  episode: EpisodeOfCare,
  undone: WrittenBy,
  listed: EpisodeOfCare | undefined,
): EpisodeOfCare {
  const statusHistory = historyWith(episode, undone.at)
  const by = { written: writtenExtension(undone) }
  if (!listed)
    return {
      ...episode,
      ...withExtensions(episode, by),
      ...{ status: statusOfCase.undone, statusHistory },
      period: { ...episode.period, end: undone.at },
    }
  return {
    ...listed,
    ...withExtensions(listed, by),
    ...(episode.meta ? { meta: episode.meta } : {}),
    statusHistory,
  }
}

export const teamIdFor = (caseId: string) => `team-${caseId}`

/** The team at the start of a case: the coordinator and the person. */
export function firstTeam(
  found: Case,
  coordinator: Who,
  personName: string,
): CareTeam & { id: string } {
  const period = given('start', found.since)
  const person = { reference: `Patient/${found.person}`, ...given('display', personName) }
  return {
    resourceType: 'CareTeam',
    id: teamIdFor(found.id),
    status: 'active',
    subject: { reference: `Patient/${found.person}` },
    participant: [
      { role: [{ text: 'Coordinator' }], member: referenceTo(coordinator), period },
      { role: [{ text: 'The person' }], member: person, period },
    ],
  }
}

/** True while the team is as it was when the person was taken on. */
export function isFirstTeam(team: CareTeam, found: Case): boolean {
  const { meta: _meta, ...said } = team
  const person = team.participant?.[1]?.member?.display ?? ''
  return (
    found.coordinator !== undefined &&
    hasSameContent(said, firstTeam(found, found.coordinator, person))
  )
}
