import type { Goal, Observation, Reference, Resource } from '@medplum/fhirtypes'
import { isStaff, namesOf } from '#domain/access/actor.ts'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { extensionOf, idIn, withExtensions } from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { isWholeScale, scaleFromFhir } from '#domain/goal/aims/attainment-scale.ts'
import { indexOfLevel, isAttainmentLevel } from '#domain/goal/said/attainment.ts'
import {
  answeredAloneLabel,
  type GoalObservationCode,
  goalObservationCode,
  isAnsweredAlone,
  isKeptFromOthers,
} from '#domain/goal/said/goal-observation.ts'
import { isRatingValue } from '#domain/goal/said/rating.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { recordOwnerOf } from '#server/store/access/record-owner.ts'
import { answersTo, questionOf, roundNow } from './round-now.ts'

type Named = ResourceWithId
type View = Observation & { id: string }

/**
 * An answer about a goal as it is stored. The service sets who gave it, who wrote it down, its round, and the words of
 * the level that was chosen; it keeps an answer that each party gives alone from the others. An answer that was given
 * never changes, except that its author marks it as an error. Any other record is returned unchanged.
 */
export async function recordGoalView(
  context: RequestContext,
  resource: Named,
  before: Resource | undefined,
): Promise<Named> {
  const code = goalObservationCode(resource)
  const existing = before && goalObservationCode(before)
  if (!code && !existing) return resource
  // hidden from everybody: the access rules answer as if it did not exist
  if (before && isKeptFromOthers(before)) return resource
  if (before) return marksAsError(resource, before)
  return code ? await asGiven(context, resource as View, code) : resource
}

function marksAsError(resource: Named, before: Resource): Named {
  const changed = changedElements(before, resource)
  const isError = (resource as Observation).status === 'entered-in-error'
  if (changed.length === 0 || (isError && changed.every((each) => each === 'status')))
    return resource
  throw forbidden('An answer about a goal stays as it was given. Give a new one instead')
}

async function asGiven(
  context: RequestContext,
  resource: View,
  code: GoalObservationCode,
): Promise<Named> {
  mustBeWhole(resource, code)
  const goal = await goalOf(context, resource)
  const by = giverOf(context, resource)
  const isPatients = by.reference === resource.subject?.reference
  if (!isPatients && !isAnsweredAlone(resource))
    throw refusal('How important a goal is, and how confident they feel, only the person says')
  const given = withGoalWords(stamped(context, resource, by), goal)
  if (!isAnsweredAlone(resource)) return given
  return await inRound(context, withLevelWords(given, code, goal), code)
}

function mustBeWhole(resource: View, code: GoalObservationCode): void {
  if (resource.status !== 'final') throw refusal('An answer about a goal is final', 'status')
  // rounds are counted by this reference: written in another way, a party could answer twice
  if (resource.subject?.reference !== `Patient/${recordOwnerOf(resource)}`)
    throw refusal('Name the person as Patient/<id>', 'subject')
  if (resource.performer?.length !== 1)
    throw refusal('Name the one person who says it', 'performer')
  if (isWholeAnswer[code](resource)) return
  throw refusal(`An answer about a goal (${code}) needs ${neededBy[code]}`, 'value')
}

const isAboutOneGoal = ({ focus }: View) =>
  focus?.length === 1 && /^Goal\/[^/]+$/.test(focus[0]?.reference ?? '')
const isRating = (resource: View) =>
  isAboutOneGoal(resource) && isRatingValue(resource.valueInteger ?? -1)

const isWholeAnswer: Readonly<Record<GoalObservationCode, (resource: View) => boolean>> = {
  'goal-importance': isRating,
  'goal-confidence': isRating,
  'goal-attainment-score': (resource) =>
    isAboutOneGoal(resource) && isAttainmentLevel(resource.valueInteger),
  'top-goal': (resource) =>
    resource.focus === undefined
      ? isShortText(resource.valueString ?? '')
      : isAboutOneGoal(resource) && resource.valueString === undefined,
}

const neededBy: Readonly<Record<GoalObservationCode, string>> = {
  'goal-importance': 'one goal as focus, and a whole number from 0 to 10',
  'goal-confidence': 'one goal as focus, and a whole number from 0 to 10',
  'goal-attainment-score': 'one goal as focus, and a whole number from -2 to 2',
  'top-goal': 'either one goal as focus, or what is put first in words (up to 500 characters)',
}

const isShortText = (text: string) => text.trim() !== '' && text.length <= 500

const refusal = (words: string, element?: string) =>
  new FhirProblem(
    422,
    'business-rule',
    words,
    element ? { expression: `Observation.${element}` } : {},
  )

/** The goal that it is about, if the writer can see it and it is the same person’s. */
async function goalOf(context: RequestContext, { focus, subject }: View) {
  const id = idIn(focus?.[0]?.reference)
  if (!id) return undefined
  const coming = context.pendingWrites.get(`Goal/${id}`)
  const stored =
    coming ?? (await context.store.read('Goal', id, context.accessScope.scope))?.resource
  if (stored?.resourceType !== 'Goal' || stored.subject.reference !== subject?.reference)
    throw refusal('This goal is not in the person’s record', 'focus')
  return stored
}

/** In the own name, or written down for the person by a professional. */
function giverOf({ actor }: RequestContext, { performer, subject }: View): Reference {
  const by = performer?.[0] ?? {}
  if (namesOf(actor).includes(by.reference ?? '')) return { ...by, display: actor.name }
  if (isStaff(actor) && actor.practitioner && by.reference === subject?.reference)
    return { reference: by.reference ?? '' }
  throw forbidden(
    'Everybody answers for themselves. A professional may write down what the person says',
  )
}

function stamped(context: RequestContext, resource: View, by: Reference): View {
  const { extension = [], meta, ...rest } = resource
  const security = (meta?.security ?? []).filter((each) => each.code !== answeredAloneLabel.code)
  return {
    ...rest,
    ...(meta ? { meta: { ...meta, security } } : {}),
    performer: [by as NonNullable<Observation['performer']>[number]],
    effectiveDateTime: saidAt(resource, context.now),
    ...withExtensions(
      { extension: extension.filter((each) => !isOurs(each.url)) },
      partyExtensions(context, by),
    ),
  }
}

/** What the goal said when it was answered: its words may change, the answer does not. */
function withGoalWords(resource: View, goal: Goal | undefined): View {
  const [named] = resource.focus ?? []
  const words = goal?.description?.text
  if (!named) return resource
  const { display: _claimed, ...focus } = named
  return { ...resource, focus: [{ ...focus, ...(words ? { display: words } : {}) }] }
}

/** A save that waited on a device was said earlier; nothing is said later than now. */
const saidAt = ({ effectiveDateTime = '' }: View, now: Date) =>
  Date.parse(effectiveDateTime) <= now.getTime() ? effectiveDateTime : now.toISOString()

/** Who wrote it down for the person; for which organisation a professional answers. */
function partyExtensions({ actor }: RequestContext, by: Reference) {
  const { practitioner = '', organisation, organisationName = '' } = actor
  const isOwn = namesOf(actor).includes(by.reference ?? '')
  const helper = { reference: `Practitioner/${practitioner}`, display: actor.name }
  const employer = { reference: `Organization/${organisation}`, display: organisationName }
  const isForEmployer = isOwn && isStaff(actor) && organisation !== undefined
  return {
    'supported-by': isOwn ? [] : [{ valueReference: helper }],
    'for-organisation': isForEmployer ? [{ valueReference: employer }] : [],
  }
}

const setHere = [
  'supported-by',
  'for-organisation',
  'round',
  'level-words',
  'attainment-scale-number',
]
const isOurs = (url: string) => setHere.some((name) => url.endsWith(`/${name}`))

function withLevelWords(
  resource: View,
  code: GoalObservationCode,
  goal: Awaited<ReturnType<typeof goalOf>>,
): View {
  if (code !== 'goal-attainment-score' || !goal) return resource
  const scale = scaleFromFhir(goal)
  const level = resource.valueInteger
  if (!isWholeScale(scale) || !isAttainmentLevel(level))
    throw refusal('Write the words of all five levels before the goal is scored', 'focus')
  return {
    ...resource,
    ...withExtensions(resource, {
      'level-words': [{ valueString: scale.levels[indexOfLevel(level)] ?? '' }],
      'attainment-scale-number': [{ valueInteger: scale.scale ?? 1 }],
    }),
  }
}

/** Locked until it is stored: a round is not shown while somebody answers in it. */
async function inRound(
  context: RequestContext,
  resource: View,
  code: GoalObservationCode,
): Promise<View> {
  const question = questionOf(resource, code)
  await lockQuestion(context, question)
  const { round, given } = roundNow(await answersTo(context, question))
  mustNotChangeAfterSeeing(given, resource)
  return {
    ...resource,
    meta: { ...resource.meta, security: [...(resource.meta?.security ?? []), answeredAloneLabel] },
    ...withExtensions(resource, { round: [{ valueInteger: round }] }),
  }
}

export async function lockQuestion(
  { service }: RequestContext,
  { person, goal }: Readonly<{ person: string; goal?: string }>,
): Promise<void> {
  const [type, id] = goal === undefined ? ['Patient', person] : ['Goal', goal]
  await service.sql.query('select rid from resource where rt = $1 and id = $2 for update', [
    type,
    id,
  ])
}

/**
 * A party that has answered sees the others, so its answer stands until the next round. While nobody else has
 * answered it may be given again. What a person says themselves is not overwritten by somebody who writes it down.
 */
function mustNotChangeAfterSeeing(given: readonly View[], resource: View): void {
  const party = partyIn(resource)
  const own = given.filter((each) => partyIn(each) === party)
  if (own.length === 0) return
  const hasOthers = given.length > own.length
  const isFirstHand = own.some((each) => !extensionOf(each, 'supported-by'))
  const isSecondHand = extensionOf(resource, 'supported-by') !== undefined
  if (!hasOthers && !(isFirstHand && isSecondHand)) return
  throw new FhirProblem(
    409,
    'conflict',
    'This has been answered in this round, and the answers of the others can be seen. The next answer can be given when the coordinator has shown this round to everybody',
  )
}

/** Professionals choose what comes first once for each organisation; everybody scores for themselves. */
export function partyIn(observation: Observation): string {
  const by = observation.performer?.[0]?.reference ?? ''
  if (goalObservationCode(observation) !== 'top-goal') return by
  return extensionOf(observation, 'for-organisation')?.valueReference?.reference ?? by
}
