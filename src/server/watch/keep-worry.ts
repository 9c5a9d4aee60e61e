import type { Observation, Resource } from '@medplum/fhirtypes'
import type { Actor } from '#domain/access/actor.ts'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { isWorry } from '#domain/worry/is-worry.ts'
import { isWorryScore, longestWorryWords } from '#domain/worry/worry.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { ownNameFor } from './own-name-for.ts'

type Context = Pick<RequestContext, 'actor' | 'now'>

/**
 * How worried somebody is, is said in their own name: by a professional, by the person about themselves, or by a carer of this
 * person. It stays as it was said; whoever said it can mark it as an error. Throws 403, and 422 for what is no score.
 */
export function mustBeOwnWorry(
  { actor, now }: Context,
  before: Resource | undefined,
  after: Resource,
): void {
  if (!isWorry(after) && !isWorry(before)) return
  if (!isWorry(after) || (before && !isWorry(before)))
    throw forbidden('How worried somebody is stays what it is')
  if (before) {
    mustStayAsSaid(actor, before, after)
    return
  }
  mustBeWorry(after, now)
  mustBeInOwnName(actor, after)
}

/** Throws 403 on a deletion of a worry. */
export function mustStayWorried(stored: Resource): void {
  if (isWorry(stored))
    throw forbidden('How worried somebody is cannot be deleted: mark it as an error')
}

function mustStayAsSaid(actor: Actor, before: Observation, after: Observation): void {
  const changed = changedElements(before, after)
  if (changed.length === 0) return
  const isError = after.status === 'entered-in-error'
  if (!isError || changed.some((each) => each !== 'status'))
    throw forbidden('How worried somebody is stays as it was said. Say it again')
  mustBeInOwnName(actor, before)
}

function mustBeInOwnName(actor: Actor, { performer = [], subject }: Observation): void {
  const own = ownNameFor(actor, subject?.reference)
  const [by] = performer
  const isOwn = own !== undefined && performer.length === 1 && by?.reference === own
  if (!isOwn || (by.display !== undefined && by.display !== actor.name))
    throw forbidden('How worried somebody is, is said in one’s own name')
}

function mustBeWorry(worry: Observation, now: Date): void {
  const { status, valueInteger, note = [], effectiveDateTime = '' } = worry
  if (status !== 'final') throw refusal('What is said is final', 'status')
  if (!isWorryScore(valueInteger))
    throw refusal('Say how worried as a whole number from 0 to 10', 'value')
  if (note.length > 1 || (note[0]?.text?.length ?? 0) > longestWorryWords)
    throw refusal(`The words have up to ${longestWorryWords} characters`, 'note')
  const at = effectiveDateTime.length > 10 ? Date.parse(effectiveDateTime) : Number.NaN
  if (!(at <= Number(now) + mostAhead))
    throw refusal('Say when it was said; it cannot be in the future', 'effective')
}

/** The clock of a device may be a little ahead. */
const mostAhead = 5 * 60_000

const refusal = (words: string, element: string) =>
  new FhirProblem(422, 'business-rule', words, { expression: `Observation.${element}` })
