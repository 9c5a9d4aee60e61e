import type { Communication, Goal, Observation } from '@medplum/fhirtypes'
import { accessLabelOf } from '#domain/access/labels/access-label.ts'
import { hasMessageCategory } from '#domain/agreement/comment-message.ts'
import { extensionOf, idIn } from '#domain/fhir/references-and-extensions.ts'
import { isOtherScale, scaleFromFhir } from '#domain/goal/aims/attainment-scale.ts'
import { answeredAloneLabel, isKeptFromOthers } from '#domain/goal/said/goal-observation.ts'
import type { ProvenanceEntry } from '#server/audit/provenance.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { forbidden } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import type { WriteRequest } from '#server/store/store.ts'
import { answersTo, type Question } from './round-now.ts'

/** Only the coordinator of the person’s case shows a round to everybody; with none named, any professional in the case. */
export async function guardShowingRound(
  context: RequestContext,
  resource: { resourceType: string },
  person: string | undefined,
): Promise<void> {
  if (!person || !isShowing(resource)) return
  if (await mayShowRound(context, person)) return
  throw forbidden('Only the coordinator shows the answers of a round to everybody')
}

/** Levels that are changed show the answers of an open round: so this is the coordinator’s too, as long as one is open. */
export async function guardScoredLevels(
  context: RequestContext,
  scores: readonly Observation[],
  person: string,
): Promise<void> {
  if (!scores.some(isKeptFromOthers) || (await mayShowRound(context, person))) return
  throw forbidden(
    'Somebody has scored this goal on these levels, and the others have not seen it. The coordinator shows the scores first; then the levels can be changed',
  )
}

async function mayShowRound(context: RequestContext, person: string): Promise<boolean> {
  const { practitioner } = context.actor
  if (!practitioner) return false
  const managers = await coordinatorsOf(context, person)
  return managers.length === 0 || managers.includes(`Practitioner/${practitioner}`)
}

/**
 * Who coordinates the person’s case, the one that their house is drawn from: a reference of a practitioner. It is the first
 * that was begun: whoever begins another one becomes nobody’s coordinator by that.
 */
export async function coordinatorsOf(
  { service }: RequestContext,
  person: string,
): Promise<readonly string[]> {
  const { rows } = await service.sql.query<{ manager: string | null }>(
    `select content #>> '{careManager,reference}' as manager from resource
     where rt = 'EpisodeOfCare' and person = $1 and content ->> 'status' in ('active', 'onhold') order by rid limit 1`,
    [person],
  )
  return rows.flatMap(({ manager }) => manager ?? [])
}

const isShowing = (resource: { resourceType: string }): resource is Communication =>
  resource.resourceType === 'Communication' &&
  hasMessageCategory(resource as Communication, 'round-closed')

/**
 * The answers that are shown to everybody from now on: of a round that the coordinator closes, and those on levels of a
 * goal that were changed.
 */
export async function shownAnswers(
  context: RequestContext,
  authored: readonly ProvenanceEntry[],
): Promise<readonly WriteRequest[]> {
  const writes: WriteRequest[] = []
  for (const each of authored) {
    const question = questionShownBy(each)
    if (question) writes.push(...(await shown(context, question)))
  }
  return writes
}

function questionShownBy({ resource, before, person, act }: ProvenanceEntry): Question | undefined {
  if (!person || act === 'D') return undefined
  if (isShowing(resource)) return before ? undefined : closedBy(resource, person)
  if (resource.resourceType !== 'Goal' || before?.resourceType !== 'Goal') return undefined
  const isOther = isOtherScale(scaleFromFhir(resource), scaleFromFhir(before as Goal))
  return isOther ? { person, code: 'goal-attainment-score', goal: resource.id ?? '' } : undefined
}

function closedBy(message: Communication, person: string): Question {
  const closes = extensionOf(message, 'closes')?.valueCode
  if (closes === 'top-goal') return { person, code: 'top-goal' }
  return { person, code: 'goal-attainment-score', goal: idIn(message.about?.[0]?.reference) }
}

async function shown(context: RequestContext, question: Question): Promise<WriteRequest[]> {
  const kept = (await answersTo(context, question)).filter(isKeptFromOthers)
  return await Promise.all(
    kept.map(async (each): Promise<WriteRequest> => {
      const resource = withoutLabel(each)
      const goal = idIn(each.focus?.[0]?.reference)
      const about = goal ? await context.service.store.read('Goal', goal, everyone) : undefined
      const room = accessLabelOf(resource, about?.room ? [about.room] : [])
      return { resource, expect: 'anything', person: question.person, room }
    }),
  )
}

/** The answer as it is once its round is shown. */
export function withoutLabel(answer: Observation & { id: string }): Observation & { id: string } {
  const security = (answer.meta?.security ?? []).filter(
    ({ code }) => code !== answeredAloneLabel.code,
  )
  const { security: _security, ...meta } = answer.meta ?? {}
  return { ...answer, meta: security.length > 0 ? { ...meta, security } : meta }
}
