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
