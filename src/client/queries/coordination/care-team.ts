import type { CareTeam } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { now, nowHere } from '#client/clock.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import type { Who } from '#domain/plan/plan.ts'
import { colleagueFrom, teamFromFhir, withMember, withoutMember } from '#domain/team/fhir.ts'
import type { Colleague } from '#domain/team/team.ts'

/** The team of the person's case with what is needed to reach each member; null when there is none. */
export const careTeamQuery = (person: string) =>
  queryOptions({
    queryKey: ['team', person],
    queryFn: async ({ signal }) => {
      const [teams, relatives] = await Promise.all([
        allRecords('CareTeam', { patient: `Patient/${person}` }, signal),
        allRecords('RelatedPerson', { patient: `Patient/${person}` }, signal),
      ])
      const team = teams.find((each) => each.status === 'active') ?? teams[0]
      if (!team) return null
      const staff = (team.participant ?? [])
        .map((each) => each.member?.reference ?? '')
        .filter((reference) => reference.startsWith('Practitioner/'))
      return teamFromFhir(team, { ...(await whoTheyAre(staff, signal)), relatives }, nowHere())
    },
    meta: { kinds: ['CareTeam', 'RelatedPerson', 'Practitioner', 'PractitionerRole'] },
  })

async function whoTheyAre(staff: readonly string[], signal: AbortSignal) {
  if (staff.length === 0) return { practitioners: [], roles: [], organisations: [] }
  const ids = staff.map((reference) => reference.slice('Practitioner/'.length))
  const [practitioners, roles] = await Promise.all([
    allRecords('Practitioner', { _id: ids.join(',') }, signal),
    allRecords('PractitionerRole', { practitioner: staff.join(',') }, signal),
  ])
  const employers = roles.flatMap((role) => role.organization?.reference?.split('/')[1] ?? [])
  const organisations =
    employers.length > 0
      ? await allRecords('Organization', { _id: [...new Set(employers)].join(',') }, signal)
      : []
  return { practitioners, roles, organisations }
}

/** Everyone who can be asked: staff with a role, and organisations. */
export const colleaguesQuery = queryOptions({
  queryKey: ['colleagues'],
  queryFn: async ({ signal }) => {
    const [roles, organisations] = await Promise.all([
      allRecords('PractitionerRole', { active: 'true' }, signal),
      allRecords('Organization', { active: 'true' }, signal),
    ])
    const named = organisations.map(({ id, name = '' }) => ({
      ...{ reference: `Organization/${id}`, name, voice: 'professional' as const },
    }))
    return {
      staff: roles
        .flatMap(colleagueFrom)
        .toSorted((one, other) => one.who.name.localeCompare(other.who.name)),
      organisations: named.toSorted((one, other) => one.name.localeCompare(other.name)),
    }
  },
  meta: { kinds: ['PractitionerRole', 'Organization'] },
})

async function changeTeam(id: string, change: (team: CareTeam, at: string) => CareTeam) {
  const at = now().toISOString()
  await saveTogether({
    edits: [
      {
        type: 'CareTeam',
        id,
        onto: (current) => {
          if (current?.resourceType !== 'CareTeam') return undefined
          const changed = change(current, at)
          return changed === current ? undefined : { ...changed, id }
        },
      },
    ],
  })
}

/** Adds a colleague to the team: from then on they can see the person's record. Safe to repeat. */
export async function addMember(teamId: string, member: Colleague): Promise<void> {
  await changeTeam(teamId, (team, at) => withMember(team, member, at))
}

/** Ends someone's time in the team, and with it what the team gave them access to. */
export async function endMembership(teamId: string, member: Who): Promise<void> {
  await changeTeam(teamId, (team, at) => withoutMember(team, member, at))
}
