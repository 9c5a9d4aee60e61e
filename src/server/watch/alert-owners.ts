import { type AwayNow, awayFor, coverFor } from '#domain/cover/away-now.ts'
import { idIn, whoFrom } from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'
import { worksIn } from '#server/cover/works-in.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import type { WatchedRecord } from './watched-record.ts'

/** Whose an alert is: who coordinates, or whoever covers. `cover` and `ifRestricted` undefined: somebody else of the team. */
export type AlertOwners = Readonly<{
  coordinator: Who | undefined
  cover: Who | undefined
  /** the alert is only for those who are named in the care */
  ifRestricted: Who | undefined
}>

/** Whoever covers owns an alert if they work where the case is managed, and may read it. */
export async function ownersOf(
  context: RequestContext,
  record: WatchedRecord,
  away: AwayNow,
): Promise<AlertOwners> {
  const coordinator = coordinatorOf(record)
  const { reference } = coordinator ?? {}
  const place = record.episode.managingOrganization?.reference
  const where = { coordinator: reference, organisation: place }
  const cover = coverFor(awayFor(away, where), reference, record.person)?.cover
  if (!cover) return { coordinator, cover: coordinator, ifRestricted: coordinator }
  const organisation = idIn(place)
  if (!(await worksIn(context, cover.reference, organisation)))
    return { coordinator, cover: undefined, ifRestricted: undefined }
  const practitioner = idIn(cover.reference)
  const scope = { people: { kind: 'related' as const, organisation, practitioner } }
  const reaches = async (room: string) =>
    await context.service.store.mayReach(record.person, scope, room)
  return {
    coordinator,
    cover: (await reaches('professional')) ? cover : undefined,
    ifRestricted: (await reaches('restricted')) ? cover : undefined,
  }
}

/** Who coordinates, by the name that the team knows if the case says none. */
function coordinatorOf({ episode, team }: WatchedRecord): Who | undefined {
  const owner = whoFrom(episode.careManager)
  const member = team?.participant?.find(
    (each) => each.member?.reference === owner?.reference,
  )?.member
  return owner && { ...owner, name: owner.name || (member?.display ?? '') }
}
