import type { CareTeam, EpisodeOfCare, PractitionerRole, Task } from '@medplum/fhirtypes'
import { whoFrom } from '#domain/fhir/references-and-extensions.ts'
import { taskFromFhir } from '#domain/task/fhir.ts'
import { isOpen } from '#domain/task/task.ts'
import { isHandOver } from './hand-over-fhir.ts'

/** Why a practice can still see a person who is registered with another. */
export type Stays = Readonly<{
  /** it holds the open case: everybody who works there */
  hasCase: boolean
  /** its own open tasks and referrals: everybody who works there */
  tasks: readonly string[]
  /** those who work there and are in the team, or coordinate, by name */
  people: readonly string[]
}>

type Facts = Readonly<{
  episodes: readonly EpisodeOfCare[]
  teams: readonly CareTeam[]
  tasks: readonly Task[]
  roles: readonly PractitionerRole[]
  /** instant */
  now: string
}>

const openCase: readonly string[] = ['planned', 'waitlist', 'active', 'onhold']

/** Worked out from what gives access besides the registration; `practice` is a reference. */
export function staysWith(practice: string, facts: Facts): Stays {
  const open = facts.episodes.filter(({ status }) => openCase.includes(status))
  const team = facts.teams
    .filter(({ status = 'active' }) => status === 'active')
    .flatMap(({ participant = [] }) => participant)
    .filter(({ period }) => period?.end === undefined || period.end > facts.now)
  const people = [
    ...open.map(({ careManager }) => careManager),
    ...team.map(({ member }) => member),
  ]
    .flatMap((each) => whoFrom(each) ?? [])
    .filter(({ reference }) => worksAt(reference, practice, facts.roles))
  return {
    hasCase: open.some(({ managingOrganization }) => managingOrganization?.reference === practice),
    tasks: facts.tasks
      .filter((task) => task.owner?.reference === practice && !isHandOver(task))
      .map((task) => taskFromFhir(task))
      .filter(({ state }) => isOpen(state))
      .map(({ what }) => what),
    people: [...new Set(people.map(({ name, reference }) => name || nameIn(reference, facts)))],
  }
}

const worksAt = (who: string, practice: string, roles: readonly PractitionerRole[]) =>
  roles.some(
    ({ id, practitioner, organization }) =>
      organization?.reference === practice &&
      (practitioner?.reference === who || `PractitionerRole/${id}` === who),
  )

const nameIn = (who: string, { roles }: Facts) =>
  roles.find(({ practitioner }) => practitioner?.reference === who)?.practitioner?.display ?? who
