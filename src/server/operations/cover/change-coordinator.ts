import type { CareTeam, EpisodeOfCare } from '@medplum/fhirtypes'
import { coordinatorChangeToFhir } from '#domain/cover/coordinator-change.ts'
import { referenceTo, whoFrom } from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'
import { withMember, withoutMember } from '#domain/team/fhir.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { storeRecord } from '#server/interactions/store-record.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { notFound } from '#server/problem.ts'
import { sha256Hex } from '#server/sha256.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import type { StaffHere } from './staff-here.ts'

type Change = Readonly<{
  batch: string
  reason: string
  person: string
  from: string
  to: StaffHere
}>

/** One person has another coordinator from now on, who joins the team; the one before leaves it. As the caller’s own writes. */
export async function changeCoordinator(
  { context, now }: OperationCall,
  { batch, reason, person, from, to }: Change,
): Promise<void> {
  const { episode, team } = await caseOf(context, person)
  const before = whoFrom(episode.careManager) ?? {
    reference: from,
    name: '',
    voice: 'professional',
  }
  const at = now.toISOString()
  await storeRecord(context, {
    resource: { ...episode, careManager: referenceTo(to.who) },
    version: Number(episode.meta?.versionId),
  })
  const leftTeam = await movePlace(context, { team, gone: before, came: to, at })
  const id = changeId(batch, person)
  const change = {
    ...{ id, batch, person, from: before, to: to.who, leftTeam, reason, at },
    by: writerOf(context, person).who,
  }
  await keepRecords(context, [coordinatorChangeToFhir(change)], {
    person,
    way: '$hand-over-people',
  })
}

const changeId = (batch: string, person: string): string =>
  `change-${sha256Hex(`${batch}/${person}`).slice(0, 32)}`

export type OpenCase = Readonly<{
  episode: EpisodeOfCare & { id: string }
  team: (CareTeam & { id: string }) | undefined
}>

/** The open case of the caller’s organisation and its team, which the caller may see. Throws 404. */
export async function caseOf(context: RequestContext, person: string): Promise<OpenCase> {
  const { rows } = await context.service.sql.query<{
    rt: string
    id: string
    vid: number
    content: unknown
  }>(
    `select rt, id, vid, content from resource where person = $1 and content is not null
       and ((rt = 'EpisodeOfCare' and content ->> 'status' in ('active', 'onhold'))
         or (rt = 'CareTeam' and coalesce(content ->> 'status', 'active') = 'active')) order by rid`,
    [person],
  )
  const all = rows.map(({ id, vid, content }) => {
    const record = storedRecord(content) as EpisodeOfCare | CareTeam
    return { ...record, id, meta: { ...record.meta, versionId: String(vid) } }
  })
  const ours = `Organization/${context.actor.organisation}`
  const cases = all.filter((each) => each.resourceType === 'EpisodeOfCare')
  const episode = cases.find(({ managingOrganization: place }) => place?.reference === ours)
  const { scope } = context.accessScope
  if (!episode || !(await context.store.read('EpisodeOfCare', episode.id, scope))?.resource)
    throw notFound()
  const teams = all.filter((each) => each.resourceType === 'CareTeam')
  const isOfCase = ({ id }: CareTeam) =>
    id === `team-${episode.id}` ||
    episode.team?.some(({ reference }) => reference === `CareTeam/${id}`)
  const team = teams.find(isOfCase) ?? (cases.length === 1 ? teams[0] : undefined)
  return { episode, team } as OpenCase
}

type Place = Readonly<{
  team: OpenCase['team']
  gone: Who
  came: Pick<StaffHere, 'who' | 'role'>
  at: string
}>

/** Whether the one before was in the team. */
export async function movePlace(
  context: RequestContext,
  { team, gone, came, at }: Place,
): Promise<boolean> {
  if (!team) return false
  const left = withoutMember(team, gone, at)
  const isIn = (each: CareTeam) =>
    each.participant?.filter(
      ({ member, period }) => member?.reference === gone.reference && !period?.end,
    ).length ?? 0
  const { actor } = context
  const organisation = {
    ...{ reference: `Organization/${actor.organisation}`, name: actor.organisationName ?? '' },
    voice: 'professional' as const,
  }
  const next = withMember(left, { who: came.who, role: came.role, organisation }, at)
  await storeRecord(context, {
    resource: { ...next, id: team.id },
    version: Number(team.meta?.versionId),
  })
  return isIn(team) > 0
}
