import type {
  CareTeam,
  CareTeamParticipant,
  ContactPoint,
  Organization,
  Practitioner,
  PractitionerRole,
  RelatedPerson,
} from '@medplum/fhirtypes'
import { dayWritten } from '#domain/calendar/days.ts'
import { containedSomebody } from '#domain/fhir/contained.ts'
import { given, referenceTo, whoFrom } from '#domain/fhir/references-and-extensions.ts'
import { numbers } from '#domain/person/contact-sheet.ts'
import { nameInWords } from '#domain/person/shown-name.ts'
import type { Who } from '#domain/plan/plan.ts'
import type { CareTeamMember, Colleague, Team } from './team.ts'

/** The records that describe the members of a team. */
export type Directory = Readonly<{
  practitioners: readonly Practitioner[]
  roles: readonly PractitionerRole[]
  organisations: readonly Organization[]
  relatives: readonly RelatedPerson[]
}>

/** The team at `at` (instant): who is in it, and who was. */
export function teamFromFhir(team: CareTeam, directory: Directory, at: string): Team {
  const members = (team.participant ?? []).flatMap((each) =>
    memberFrom(withContained(team, each, dayWritten(at)), directory, dayWritten(at)),
  )
  const isOver = ({ until }: CareTeamMember) =>
    until !== undefined &&
    (until.length === 10 ? until < dayWritten(at) : Date.parse(until) <= Date.parse(at))
  return {
    id: team.id ?? '',
    members: members.filter((member) => !isOver(member)),
    past: members.filter(isOver),
  }
}

type Participant = CareTeamParticipant & { inside?: ReturnType<typeof containedSomebody> }

/** Other systems put people inside the team. */
function withContained(team: CareTeam, part: CareTeamParticipant, today: string): Participant {
  const inside = containedSomebody(team, part.member, today)
  if (!inside) return part
  return {
    ...part,
    inside,
    member: { ...part.member, display: part.member?.display || inside.name },
  }
}

function memberFrom(
  part: Participant,
  directory: Directory,
  today: string,
): readonly CareTeamMember[] {
  const who = whoFrom(part.member)
  if (!who) return []
  const role = directory.roles.find((each) => each.practitioner?.reference === who.reference)
  const employer = part.onBehalfOf ?? role?.organization
  const organisation = directory.organisations.find(
    (each) => `Organization/${each.id}` === employer?.reference,
  )
  const contact = [...directory.practitioners, ...directory.relatives].find(
    (each) => `${each.resourceType}/${each.id}` === who.reference,
  )
  return [
    {
      who: { ...who, name: who.name || nameInWords(contact?.name, today) },
      role:
        part.role?.[0]?.text ?? part.role?.[0]?.coding?.[0]?.display ?? role?.code?.[0]?.text ?? '',
      organisation: organisation?.name ?? employer?.display ?? '',
      telephone:
        phoneIn(contact?.telecom ?? part.inside?.telecom, today) ||
        phoneIn(organisation?.telecom, today),
      ...given('since', part.period?.start),
      ...given('until', part.period?.end),
    },
  ]
}

/** The one to try first, of those that are still valid. */
const phoneIn = (telecom: readonly ContactPoint[] | undefined, today: string) =>
  numbers(telecom, today).phones[0]?.value ?? ''

export function colleagueFrom(role: PractitionerRole): readonly Colleague[] {
  const who = whoFrom(role.practitioner)
  if (!who?.reference) return []
  return [
    {
      who,
      role: role.code?.[0]?.text ?? role.code?.[0]?.coding?.[0]?.display ?? '',
      ...given('organisation', whoFrom(role.organization)),
    },
  ]
}

/** The team with one more member; the same team if they are in it at `at` (instant) already. */
export function withMember(team: CareTeam, member: Colleague, at: string): CareTeam {
  const isMember = (team.participant ?? []).some(
    (each) => each.member?.reference === member.who.reference && isCurrent(each, at),
  )
  if (isMember) return team
  const joined: CareTeamParticipant = {
    ...(member.role ? { role: [{ text: member.role }] } : {}),
    member: referenceTo(member.who),
    ...(member.organisation ? { onBehalfOf: referenceTo(member.organisation) } : {}),
    period: { start: at },
  }
  return { ...team, participant: [...(team.participant ?? []), joined] }
}

/** The team with this member's time in it ended at `at` (instant); who was in it stays on record. */
export function withoutMember(team: CareTeam, member: Who, at: string): CareTeam {
  return {
    ...team,
    participant: (team.participant ?? []).map((each) =>
      each.member?.reference === member.reference && isCurrent(each, at)
        ? { ...each, period: { ...each.period, end: at } }
        : each,
    ),
  }
}

const isCurrent = ({ period }: CareTeamParticipant, at: string) =>
  period?.end === undefined || period.end > at
