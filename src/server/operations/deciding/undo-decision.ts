import type { CareTeam, EpisodeOfCare } from '@medplum/fhirtypes'
import { dayOf } from '#domain/calendar/zone.ts'
import type { Case } from '#domain/case/case.ts'
import type { DecidePeople } from '#domain/case/decide-people.ts'
import { caseFromFhir, isFirstTeam, teamIdFor, undoneDecision } from '#domain/case/fhir.ts'
import { planIdFor } from '#domain/plan/plan.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { storeRecord } from '#server/interactions/store-record.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import type { StoredVersion } from '#server/store/store.ts'
import { Refusal } from './refusal.ts'

export type AskedPerson = DecidePeople['people'][number]

/** What was decided, as it can be undone. */
export type Decided = Readonly<{ case: string; version: string; referral?: true }>

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
  if (!(await isKnown(context, caseId))) throw new Refusal('not-standing')
  const standing = caseFromFhir(episode)
  const { state, decided, coordinator } = standing
  if (String(stored.version) !== version) throw new Refusal('decided-before', coordinator?.name)
  if (!['open', 'not-now', 'listed'].includes(state)) throw new Refusal('not-standing')
  const by = writerOf(context, person).who
  const isOwn = decided?.by.reference === by.reference
  if (!isOwn || dayOf(decided.at, zone) !== dayOf(now.toISOString(), zone))
    throw new Refusal('not-allowed', decided?.by.name)
  const before = await beforeDecision(context, stored, episode.status)
  const team = state === 'open' ? await unchangedTeam(context, stored, standing) : undefined
  const undone = undoneDecision(episode, { by, at: now.toISOString() }, before)
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

/** Whether the caller may know of this case. */
export async function isKnown(
  { store, accessScope }: RequestContext,
  caseId: string,
): Promise<boolean> {
  return (await store.read('EpisodeOfCare', caseId, accessScope.scope))?.resource !== undefined
}

const listed: readonly (string | undefined)[] = ['planned', 'waitlist']

/**
 * The case as it was before it had this status; undefined: it began with it. Throws a refusal if what came before was
 * no list, as after a pause.
 */
async function beforeDecision(
  { service }: RequestContext,
  { id, version }: StoredVersion,
  status: EpisodeOfCare['status'],
): Promise<EpisodeOfCare | undefined> {
  for (let each = version - 1; each > 0; each -= 1) {
    const found = (await service.store.readVersion('EpisodeOfCare', id, each, everyone))?.resource
    if (found?.resourceType !== 'EpisodeOfCare') return undefined
    if (found.status === status) continue
    if (!listed.includes(found.status)) throw new Refusal('not-standing')
    return found
  }
  return undefined
}

type Team = Readonly<{ resource: CareTeam & { id: string }; version: number }>

/** The team as it was at the start. Throws a refusal once work has begun: then the case is closed, with its outcome. */
async function unchangedTeam(
  { service }: RequestContext,
  decision: StoredVersion,
  found: Case,
): Promise<Team | undefined> {
  const { rows } = await service.sql.query(
    `select 1 from resource where person = $1 and content is not null
       and (rt = 'CarePlan' and id = $2 or rt in ('CarePlan', 'Goal', 'Task') and ts > $3::timestamptz
         and content ->> 'status' is distinct from 'entered-in-error')
     limit 1`,
    [found.person, planIdFor(found.id), decision.at],
  )
  const stored = await service.store.read('CareTeam', teamIdFor(found.id), everyone)
  const team = stored?.resource?.resourceType === 'CareTeam' ? stored.resource : undefined
  if (rows.length > 0 || (team && !isFirstTeam(team, found))) throw new Refusal('in-use')
  if (!stored || !team) return undefined
  return { resource: { ...team, id: teamIdFor(found.id) }, version: stored.version }
}
