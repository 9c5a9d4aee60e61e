import { hasLastingAccess } from '#server/authorization/lasting-access.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'

/** Only the person makes a card or its link, or a professional named in their care, with the person’s yes in words. */
export async function mustBeWanted(
  context: RequestContext,
  person: string,
  agreed: string,
): Promise<void> {
  const relation = await ownOrNamed(context, person)
  if (relation === 'named' && !agreed)
    throw new FhirProblem(422, 'business-rule', 'Write down how the person said yes to the card')
}

export async function ownOrNamed(
  context: RequestContext,
  person: string,
): Promise<'self' | 'named'> {
  const relation = await relationTo(context, person)
  if (relation !== 'self' && relation !== 'named')
    throw forbidden('The person makes the card, or a professional named in their care')
  return relation
}

/** A link opens for a year: who is here for a while only, as by a referral, makes none that outlasts them. Throws 403. */
export async function mustBeHereForLong(context: RequestContext, person: string): Promise<void> {
  if ((await relationTo(context, person)) === 'self') return
  if (await hasLastingAccess(context, person)) return
  throw forbidden(
    'You look after this person for a while only, and a link would open longer. Ask their coordinator, or the person',
  )
}
