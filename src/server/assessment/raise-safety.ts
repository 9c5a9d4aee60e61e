import type { Flag } from '@medplum/fhirtypes'
import { phq9Item9 } from '#domain/assessment/instruments.ts'
import {
  concernIn,
  item9Observed,
  type Phq9Value,
  phq9AnswersIn,
  phq9Points,
} from '#domain/assessment/phq9.ts'
import { recencyOf } from '#domain/assessment/recency.ts'
import { safetyFlagId, toSafetyFlag } from '#domain/assessment/safety/safety-flag.ts'
import { type Clock, dayOf } from '#domain/calendar/zone.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import type { StoredVersion } from '#server/store/store.ts'
import { wasAnsweredSince } from './answered-since.ts'
import {
  type AnswerPlace,
  type AnswersContext,
  type AskedAnswer,
  byRule,
  type GivenAnswer,
  type GivenAnswers,
  item9In,
  shortId,
  takenAt,
  whereNone,
} from './given-answers.ts'

/**
 * The flag that item 9 raises, unless it exists already, or the answers are old. Only a new answer raises a closed one
 * again.
 */
export async function raised(answersContext: AnswersContext): Promise<readonly AskedAnswer[]> {
  const { context, given, formOf } = answersContext
  const { resource, version, person } = given
  const answers = await item9In(formOf, resource)
  if (concernIn(answers) === undefined) return []
  const first = shortId(safetyFlagId(resource.id))
  const standing = await flagAbout(context, first, given)
  if (standing === 'open' || !(await tellsOfToday(answersContext, answers, standing))) return []
  const place =
    standing === 'none'
      ? ({ id: first, expect: whereNone(context) } as const)
      : await furtherPlace(context, shortId(`${first}-${version}`), given)
  const flag = toSafetyFlag({
    ...{ id: place.id, response: resource.id, code: 'phq-9-item-9', person },
    at: takenAt(resource) ?? context.now.toISOString(),
    by: byRule('PHQ-9 item 9'),
    ...(resource.resourceType === 'Observation' ? { type: 'Observation' as const } : {}),
  })
  return [{ resource: flag, expect: place.expect }]
}

/** Why imported answers raise no alert, for the importer; undefined if they do, or need not. */
export function tooLongAgo(resource: GivenAnswers, context: Clock): string | undefined {
  const answers =
    resource.resourceType === 'Observation'
      ? item9Observed(resource)
      : (phq9AnswersIn(resource).get(phq9Item9) ?? [])
  const at = takenAt(resource)
  if (!at || concernIn(answers) === undefined || recencyOf(at, context) !== 'history')
    return undefined
  return `The answer to PHQ-9 item 9 is from ${dayOf(at, context.zone)}, more than a year ago: it is kept, but raises no alert`
}

/** A changed answer counts as given now, whatever date it has; all others count by the day they were given. */
async function tellsOfToday(
  answersContext: AnswersContext,
  answers: readonly Phq9Value[],
  standing: 'none' | 'closed',
): Promise<boolean> {
  const { context, given, formOf } = answersContext
  const isChanged = given.act === 'U' && (await isNewAnswer(answersContext, answers))
  if (isChanged) return true
  if (given.act === 'U' && standing === 'closed') return false
  const weight = recencyOf(takenAt(given.resource), context)
  if (weight !== 'last-word') return weight === 'new'
  const isItem9 = async (other: GivenAnswers) => (await item9In(formOf, other)).length > 0
  return !(await wasAnsweredSince(context, given, isItem9))
}

/** A record under this id that another source made is not overwritten: anybody can choose an id. */
async function furtherPlace({ service }: AnswerPlace, id: string, given: GivenAnswer) {
  const stored = await service.store.read('Flag', id, everyone)
  if (!stored || isAbout(stored, given)) return { id, expect: 'anything' } as const
  return { id: crypto.randomUUID(), expect: 'absent' } as const
}

/** A closed flag that existed before the answers was never about them: a new one is raised. */
async function flagAbout(
  { service }: AnswerPlace,
  id: string,
  given: GivenAnswer,
): Promise<'none' | 'open' | 'closed'> {
  const stored = await service.store.read('Flag', id, everyone)
  if (!stored) return 'none'
  const flag = stored.resource as Flag | undefined
  return isAbout(stored, given) && flag?.status === 'active' && isSafety(flag) ? 'open' : 'closed'
}

const isAbout = ({ person, resource: flag }: StoredVersion, given: GivenAnswer): boolean =>
  person === given.person && aboutOf(flag as Flag | undefined).endsWith(`/${given.resource.id}`)

const aboutOf = (flag: Flag | undefined): string =>
  flag?.extension?.find((each) => each.url.endsWith('/about'))?.valueReference?.reference ?? ''

const isSafety = (flag: Flag) =>
  flag.category?.some((each) => each.coding?.some((one) => one.code === 'safety')) === true

async function isNewAnswer(
  answersContext: AnswersContext,
  answers: readonly Phq9Value[],
): Promise<boolean> {
  const { context, given, formOf } = answersContext
  const { resource, version } = given
  const { resourceType, id } = resource
  const before = await context.service.store.readVersion(resourceType, id, version - 1, everyone)
  const old = before?.resource as GivenAnswers | undefined
  return !old || saidIn(await item9In(formOf, old)) !== saidIn(answers)
}

/** The answers, in an order that does not depend on the database. */
const saidIn = (answers: readonly Phq9Value[]) =>
  JSON.stringify([concernIn(answers), answers.map(phq9Points)])
