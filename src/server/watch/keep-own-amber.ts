import type { Observation, Resource } from '@medplum/fhirtypes'
import { type Actor, isStaff } from '#domain/access/actor.ts'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { given, idIn } from '#domain/fhir/references-and-extensions.ts'
import {
  longestOwnAmber,
  type OwnAmberProblem,
  problemWithOwnAmber,
} from '#domain/reading/own-amber.ts'
import {
  isOwnAmber,
  isOwnAmberAgreed,
  ownAmberLimitIn,
  saysOwnAmberLimit,
} from '#domain/reading/own-amber-fhir.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { ownNameFor } from './own-name-for.ts'

type Context = Pick<RequestContext, 'actor' | 'now' | 'store' | 'accessScope'>

const isOurs = (resource: Resource | undefined): resource is Observation =>
  isOwnAmber(resource) || isOwnAmberAgreed(resource)

/**
 * A person’s own amber sign is said by the person or a carer of theirs, and agreed to by a professional, each in their own name.
 * Both stay as they were said: another one replaces it, and its author takes it back. Throws 403 and 422.
 */
export async function mustBeOwnAmber(
  context: Context,
  before: Resource | undefined,
  after: Resource,
): Promise<void> {
  if (!isOurs(after) && !isOurs(before)) return
  if (!isOurs(after) || (before && (!isOurs(before) || isOwnAmber(before) !== isOwnAmber(after))))
    throw forbidden('A person’s own amber sign stays what it is')
  if (before) return mustStayAsSaid(context.actor, before, after)
  mustBeInOwnName(context.actor, after)
  mustBeDated(after, context.now)
  if (isOwnAmber(after)) mustBeSign(context.actor, after)
  else await mustAgreeToSign(context, after)
}

/** Throws 403 on a deletion. */
export function mustStayOwnAmber(stored: Resource): void {
  if (isOurs(stored)) throw forbidden('A person’s own amber sign is not deleted: take it back')
}

function mustStayAsSaid(actor: Actor, before: Observation, after: Observation): void {
  const changed = changedElements(before, after)
  if (changed.length === 0) return
  if (after.status !== 'entered-in-error' || changed.some((each) => each !== 'status'))
    throw forbidden('It stays as it was said. Say it again')
  mustBeInOwnName(actor, before)
}

function mustBeInOwnName(actor: Actor, { performer = [], subject }: Observation): void {
  const own = ownNameFor(actor, subject?.reference)
  const [by] = performer
  const isOwn = own !== undefined && performer.length === 1 && by?.reference === own
  if (!isOwn || (by.display !== undefined && by.display !== actor.name))
    throw forbidden('This is said in one’s own name')
}

function mustBeDated({ status, effectiveDateTime = '' }: Observation, now: Date): void {
  if (status !== 'final') throw refusal('What is said is final', 'status')
  const at = effectiveDateTime.length > 10 ? Date.parse(effectiveDateTime) : Number.NaN
  if (!(at <= Number(now) + mostAhead))
    throw refusal('Say when it was said; it cannot be in the future', 'effective')
}

const problems: Readonly<Record<OwnAmberProblem, string>> = {
  'no-words': 'Say the sign in your own words',
  'too-long': `The words have up to ${longestOwnAmber} characters`,
  'no-number': 'Give a number for the limit, or leave the limit out',
  below: 'The number below is not possible for this kind of reading',
  above: 'The number above is not possible for this kind of reading',
  up: 'The number by which it goes up is not possible for this kind of reading',
  crossed: 'The number below has to be smaller than the number above',
  days: 'Give a whole number of days, from 1 to 14',
}

function mustBeSign(actor: Actor, sign: Observation): void {
  if (isStaff(actor))
    throw forbidden('A person’s own amber sign is in the words of the person or a carer')
  const limit = ownAmberLimitIn(sign)
  if (saysOwnAmberLimit(sign) && !limit)
    throw refusal('The limit is for one of the readings that are known here', 'extension')
  const fault = problemWithOwnAmber({ words: sign.valueString ?? '', ...given('limit', limit) })
  if (fault) throw refusal(problems[fault], limit && fault !== 'no-words' ? 'extension' : 'value')
}

async function mustAgreeToSign(
  { actor, store, accessScope }: Context,
  { focus = [], subject, valueBoolean }: Observation,
): Promise<void> {
  if (!isStaff(actor)) throw forbidden('A professional agrees to a person’s own amber sign')
  const id = focus.length === 1 ? idIn(focus[0]?.reference) : ''
  const stored = id ? await store.read('Observation', id, accessScope.scope) : undefined
  const sign = isOwnAmber(stored?.resource) ? stored.resource : undefined
  if (sign?.status !== 'final' || sign.subject?.reference !== subject?.reference)
    throw refusal('There is no such sign of this person', 'focus')
  if (valueBoolean !== true) throw refusal('Agreed is said as true', 'value')
}

/** The clock of a device may be a little ahead. */
const mostAhead = 5 * 60_000

const refusal = (words: string, element: string) =>
  new FhirProblem(422, 'business-rule', words, { expression: `Observation.${element}` })
