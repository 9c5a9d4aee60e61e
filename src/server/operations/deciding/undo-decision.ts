import type { CareTeam, EpisodeOfCare } from '@medplum/fhirtypes'
import { dayOf } from '#domain/calendar/zone.ts'
import type { DecidePeople } from '#domain/case/decide-people.ts'
import { caseFromFhir, isFirstTeam, teamIdFor, undoneDecision } from '#domain/case/fhir.ts'
import { planIdFor } from '#domain/plan/plan.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { storeRecord } from '#server/interactions/store-record.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { Refusal } from './refusal.ts'

export type AskedPerson = DecidePeople['people'][number]

/** What was decided, as it can be undone. */
export type Decided = Readonly<{ case: string; version: string }>

/**
 * Takes back a decision: by whoever decided, on the same day, as long as nothing followed from it. It is kept as
 * undone, with who decided and who undid it.
 */
export async function undoDecision(
  context: RequestContext,
  { id: person, case: caseId = '', version = '' }: AskedPerson,
): Promise<Decided> {
  const { service, now, zone } = context
  const stored = await service.store.read('EpisodeOfCare', caseId, everyone)
  const found = stored?.resource?.resourceType === 'EpisodeOfCare' ? stored.resource : undefined
  if (!stored || !found || stored.person !== person) throw new Refusal('not-standing')
  const episode: EpisodeOfCare = { ...found, id: caseId }
  const { state, decided, coordinator } = caseFromFhir(episode)
  if (String(stored.version) !== version) throw new Refusal('decided-before', coordinator?.name)
  if (!['open', 'not-now', 'listed'].includes(state)) throw new Refusal('not-standing')
  const by = writerOf(context, person).who
  const isOwn = decided?.by.reference === by.reference
  if (!isOwn || dayOf(decided.at, zone) !== dayOf(now.toISOString(), zone))
    throw new Refusal('not-allowed', decided?.by.name)
  const team = state === 'open' ? await unchangedTeam(context, caseId) : undefined
  const undone = undoneDecision(episode, { by, at: now.toISOString() })
  const { kept } = await storeRecord(context, {
    resource: { ...undone, id: caseId },
    version: stored.version,
  })
  if (team)
    await storeRecord(context, {
      resource: { ...team.resource, status: 'entered-in-error' },
      version: team.version,
    })
  return { case: caseId, version: String(kept.version) }
}

type Team = Readonly<{ resource: CareTeam & { id: string }; version: number }>

/** The team as it was at the start. Throws a refusal once work has begun: then the case is closed, with its outcome. */
async function unchangedTeam(
  { service }: RequestContext,
  caseId: string,
): Promise<Team | undefined> {
  const plan = await service.store.read('CarePlan', planIdFor(caseId), everyone)
  const stored = await service.store.read('CareTeam', teamIdFor(caseId), everyone)
  const team = stored?.resource?.resourceType === 'CareTeam' ? stored.resource : undefined
  if (plan?.resource || (team && !isFirstTeam(team))) throw new Refusal('in-use')
  if (!stored || !team) return undefined
  return { resource: { ...team, id: teamIdFor(caseId) }, version: stored.version }
}
