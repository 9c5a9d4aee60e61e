import type {
  CareTeam,
  EpisodeOfCare,
  Flag,
  Patient,
  Period,
  Reference,
  Resource,
  ServiceRequest,
  Task,
} from '@medplum/fhirtypes'
import { breakGlassFromFhir } from '#domain/access/break-glass.ts'
import { isRestricted } from '#domain/access/labels/restricted.ts'
import { type Clock, dayIn, endOfDay } from '#domain/calendar/zone.ts'
import { referenceTarget } from '#domain/fhir/reference-target.ts'
import { isTodayClaim } from '#domain/today/claim.ts'

/**
 * Why somebody can see a person: an organisation or a practitioner, until when (instant; absent: without an end).
 * `sealed` names nobody: an organisation gives no access, only being named does. `glass`: opened in an emergency. The
 * store adds `custodian`, the organisation that brought a person in, while no organisation is named as theirs.
 */
export type CareRelationship = Readonly<{
  kind: 'registered' | 'team' | 'referral' | 'case' | 'glass' | 'sealed'
  org?: string
  agent?: string
  /** PractitionerRole id, to be looked up: it stands for its practitioner while it is active, and lasts no longer */
  role?: string
  until?: string
  /** false: granted by a user without access to restricted records, so it opens none of them */
  vouched?: boolean
}>

const openTasks = ['requested', 'received', 'accepted', 'ready', 'in-progress', 'on-hold']
const openCases = ['planned', 'waitlist', 'active', 'onhold']

const opening = new Set([
  ...['Patient', 'CareTeam', 'ServiceRequest', 'Task', 'EpisodeOfCare', 'Flag'],
  'PractitionerRole',
])

/** True if a change of this kind of record may change who can see whom. */
export const opensRecords = (type: string): boolean => opening.has(type)

/** The relations that one record gives. Ended or not yet agreed involvement gives none. */
export function careRelationshipsOf(resource: Resource, clock: Clock): readonly CareRelationship[] {
  switch (resource.resourceType) {
    case 'Patient':
      return ofPatient(resource)
    case 'CareTeam':
      return ofTeam(resource, clock)
    case 'ServiceRequest':
      return ofReferral(resource)
    case 'Task':
      return ofTask(resource)
    case 'EpisodeOfCare':
      return ofCase(resource, clock)
    case 'Flag':
      return breakGlassRelationship(resource, clock)
    default:
      return []
  }
}

function ofPatient(patient: Patient): readonly CareRelationship[] {
  const registered = [...(patient.generalPractitioner ?? []), patient.managingOrganization]
  const sealed = isRestricted(patient) ? [{ kind: 'sealed' } as const] : []
  return [...sealed, ...to('registered', registered)]
}

/** An emergency opening: to the minute, without the tolerance of end dates between people. */
function breakGlassRelationship(flag: Flag, { now }: Clock): readonly CareRelationship[] {
  const grant = breakGlassFromFhir(flag)
  if (!grant?.alert || !(Date.parse(grant.until) > now.getTime())) return []
  return [{ kind: 'glass', agent: grant.practitioner, until: grant.until }]
}

function ofTeam(team: CareTeam, clock: Clock): readonly CareRelationship[] {
  if (!['active', undefined].includes(team.status) || isOver(team.period, clock)) return []
  const teamEnds = endOf(team.period?.end, clock)
  return (team.participant ?? [])
    .filter((each) => !isOver(each.period, clock))
    .flatMap((each) =>
      to('team', [each.member], earlierInstant(endOf(each.period?.end, clock), teamEnds)),
    )
}

function ofReferral(request: ServiceRequest): readonly CareRelationship[] {
  if (!['active', 'on-hold'].includes(request.status)) return []
  return to('referral', request.performer ?? [])
}

function ofTask(task: Task): readonly CareRelationship[] {
  // who looks after a line of Today says so: nobody asked them to
  if (isTodayClaim(task)) return []
  return openTasks.includes(task.status) ? to('referral', [task.owner]) : []
}

function ofCase(episode: EpisodeOfCare, clock: Clock): readonly CareRelationship[] {
  if (!openCases.includes(episode.status) || isOver(episode.period, clock)) return []
  return to(
    'case',
    [episode.managingOrganization, episode.careManager],
    endOf(episode.period?.end, clock),
  )
}

/** How far a writer's clock may be ahead of ours, in milliseconds: somebody who ends something now means now. */
const clockSlack = 15 * 60_000

/**
 * An instant that has passed, or nearly. A day without a time that is written when it has come means "ended": access
 * must not last into the evening because nobody wrote the hour.
 */
export function isOver(period: Period | undefined, clock: Clock): boolean {
  const { now, zone } = clock
  if (period?.end !== undefined && isDay(period.end)) return period.end <= dayIn(zone, now)
  const end = endOf(period?.end, clock)
  return end !== undefined && end <= new Date(now.getTime() + clockSlack).toISOString()
}

const lastMoment = (day: string, zone: string) => new Date(Number(endOfDay(day, zone)) - 1)

const isDay = (end: string) => /^\d{4}-\d{2}-\d{2}$/.test(end)

/** The last instant; a day in the future lasts to its end where the service is. A year or month counts from its first day. */
export function endOf(end: string | undefined, { zone }: Pick<Clock, 'zone'>): string | undefined {
  if (end === undefined) return undefined
  const instant = isDay(end) ? lastMoment(end, zone) : new Date(end)
  return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString()
}

export function earlierInstant(
  one: string | undefined,
  other: string | undefined,
): string | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return one < other ? one : other
}

function to(
  kind: CareRelationship['kind'],
  references: readonly (Reference | undefined)[],
  until?: string,
): readonly CareRelationship[] {
  const ending = until === undefined ? {} : { until }
  return references.flatMap((reference): readonly CareRelationship[] => {
    const target = referenceTarget(reference?.reference ?? '')
    if (target?.type === 'Organization') return [{ kind, org: target.id, ...ending }]
    if (target?.type === 'Practitioner') return [{ kind, agent: target.id, ...ending }]
    if (target?.type === 'PractitionerRole') return [{ kind, role: target.id, ...ending }]
    return []
  })
}
