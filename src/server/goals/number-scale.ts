import type { Goal, Resource } from '@medplum/fhirtypes'
import { extensionOf, withExtensions } from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import {
  attainmentScaleName,
  isOtherScale,
  scaleExtension,
  scaleFromFhir,
} from '#domain/goal/aims/attainment-scale.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { lockQuestion } from './record-goal-view.ts'
import { answersTo } from './round-now.ts'
import { guardScoredLevels } from './show-round.ts'

/**
 * A goal with the number of its levels set by the service: words that are changed after somebody has scored start a new
 * scale, and the scores of before keep the words they were given on.
 */
export async function numberScale(
  context: RequestContext,
  resource: ResourceWithId,
  { before, person }: Readonly<{ before: Resource | undefined; person: string | undefined }>,
): Promise<ResourceWithId> {
  if (resource.resourceType !== 'Goal' || !person) return resource
  const goal = resource as Goal & { id: string }
  const standing = before?.resourceType === 'Goal' ? before : undefined
  const now = scaleFromFhir(goal)
  const then = standing ? scaleFromFhir(standing) : {}
  if (!now.levels && then.scale === undefined) return withoutNumber(goal)
  const isOther = isOtherScale(now, then)
  if (!isOther && now.scale === then.scale) return goal
  return numbered(goal, isOther ? await nextNumber(context, goal, person) : (then.scale ?? 1))
}

/** Without levels there is nothing to count. */
const withoutNumber = (goal: Goal & { id: string }) =>
  extensionOf(goal, attainmentScaleName)
    ? { ...goal, ...withExtensions(goal, { [attainmentScaleName]: [] }) }
    : goal

const numbered = (goal: Goal & { id: string }, scale: number) => ({
  ...goal,
  ...withExtensions(goal, {
    [attainmentScaleName]: scaleExtension({ ...scaleFromFhir(goal), scale }),
  }),
})

async function nextNumber(
  context: RequestContext,
  goal: Goal & { id: string },
  person: string,
): Promise<number> {
  await lockQuestion(context, { person, goal: goal.id })
  const scores = await answersTo(context, { person, code: 'goal-attainment-score', goal: goal.id })
  await guardScoredLevels(context, scores, person)
  const numbers = scores.map(
    (each) => extensionOf(each, 'attainment-scale-number')?.valueInteger ?? 1,
  )
  return Math.max(0, ...numbers) + 1
}
