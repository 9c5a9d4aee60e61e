import type { Flag } from '@medplum/fhirtypes'
import { weightOf } from '#domain/assessment/how-recent.ts'
import { phq9Item9 } from '#domain/assessment/instruments.ts'
import {
  concernIn,
  item9Observed,
  phq9AnswersIn,
  phq9Points,
  type Value,
} from '#domain/assessment/phq9.ts'
import { safetyFlagId, toSafetyFlag } from '#domain/assessment/safety-flag.ts'
import { type Clock, dayOf } from '#domain/calendar/zone.ts'
import { everyone } from '#server/authorization/access-scope.ts'
import type { Kept } from '#server/store/store.ts'
import { wasAnsweredSince } from './answered-since.ts'
import {
  type Answers,
  type Asked,
  byRule,
  type Given,
  type Ground,
  item9In,
  type Place,
  shortId,
  takenAt,
  whereNone,
} from './given-answers.ts'

/**
 * The flag that item 9 raises, unless it stands already, or the answers are of long ago. One that somebody closed is
 * raised anew by a new answer alone.
 */
export async function raised(ground: Ground): Promise<readonly Asked[]> {
  const { visit, given, formOf } = ground
  const { resource, version, person } = given
  const answers = await item9In(formOf, resource)
  if (concernIn(answers) === undefined) return []
  const first = shortId(safetyFlagId(resource.id))
  const standing = await flagAbout(visit, first, given)
  if (standing === 'open' || !(await tellsOfToday(ground, answers, standing))) return []
  const place =
    standing === 'none'
      ? ({ id: first, expect: whereNone(visit) } as const)
      : await furtherPlace(visit, shortId(`${first}-${version}`), given)
  const flag = toSafetyFlag({
    ...{ id: place.id, response: resource.id, code: 'phq-9-item-9', person },
    at: takenAt(resource) ?? visit.now.toISOString(),
    by: byRule('PHQ-9 item 9'),
    ...(resource.resourceType === 'Observation' ? { type: 'Observation' as const } : {}),
  })
  return [{ resource: flag, expect: place.expect }]
}

/** Why nobody is alarmed by answers that are brought in, for the one who brings them; undefined when somebody is, or need not be. */
export function tooLongAgo(resource: Answers, visit: Clock): string | undefined {
  const answers =
    resource.resourceType === 'Observation'
      ? item9Observed(resource)
      : (phq9AnswersIn(resource).get(phq9Item9) ?? [])
  const at = takenAt(resource)
  if (!at || concernIn(answers) === undefined || weightOf(at, visit) !== 'history') return undefined
  return `The answer to PHQ-9 item 9 is from ${dayOf(at, visit.zone)}, more than a year ago: it is kept, but raises no alert`
}

/** A changed answer is somebody's word of now, whatever day stands on it; all others count by the day they were given. */
async function tellsOfToday(
  ground: Ground,
  answers: readonly Value[],
  standing: 'none' | 'closed',
): Promise<boolean> {
  const { visit, given, formOf } = ground
  const isChanged = given.act === 'U' && (await isNewAnswer(ground, answers))
  if (isChanged) return true
  if (given.act === 'U' && standing === 'closed') return false
  const weight = weightOf(takenAt(given.resource), visit)
  if (weight !== 'last-word') return weight === 'new'
  const isItem9 = async (other: Answers) => (await item9In(formOf, other)).length > 0
  return !(await wasAnsweredSince(visit, given, isItem9))
}

/** What stands under an id that another source made, too, is not overwritten: a new id is anybody's. */
async function furtherPlace({ service }: Place, id: string, given: Given) {
  const kept = await service.store.read('Flag', id, everyone)
  if (!kept || isAbout(kept, given)) return { id, expect: 'anything' } as const
  return { id: crypto.randomUUID(), expect: 'absent' } as const
}

/** A flag that stood there before the answers, and is closed, was never about them: a new one is raised all the same. */
async function flagAbout(
  { service }: Place,
  id: string,
  given: Given,
): Promise<'none' | 'open' | 'closed'> {
  const kept = await service.store.read('Flag', id, everyone)
  if (!kept) return 'none'
  const flag = kept.resource as Flag | undefined
  return isAbout(kept, given) && flag?.status === 'active' && isSafety(flag) ? 'open' : 'closed'
}

const isAbout = ({ person, resource: flag }: Kept, given: Given): boolean =>
  person === given.person && aboutOf(flag as Flag | undefined).endsWith(`/${given.resource.id}`)

const aboutOf = (flag: Flag | undefined): string =>
  flag?.extension?.find((each) => each.url.endsWith('/about'))?.valueReference?.reference ?? ''

const isSafety = (flag: Flag) =>
  flag.category?.some((each) => each.coding?.some((one) => one.code === 'safety')) === true

async function isNewAnswer(ground: Ground, answers: readonly Value[]): Promise<boolean> {
  const { visit, given, formOf } = ground
  const { resource, version } = given
  const { resourceType, id } = resource
  const before = await visit.service.store.readVersion(resourceType, id, version - 1, everyone)
  const old = before?.resource as Answers | undefined
  return !old || saidIn(await item9In(formOf, old)) !== saidIn(answers)
}

/** What was answered, whatever the order in which a database keeps it. */
const saidIn = (answers: readonly Value[]) =>
  JSON.stringify([concernIn(answers), answers.map(phq9Points)])
