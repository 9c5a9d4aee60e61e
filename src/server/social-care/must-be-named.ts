import { isStaff } from '#domain/access/actor.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { forbidden } from '#server/problem.ts'

/** What social care finds and decides is a named professional’s. Throws 403. */
export async function mustBeNamed(
  context: RequestContext,
  person: string | undefined,
): Promise<void> {
  const { actor } = context
  if (!isStaff(actor) || !actor.practitioner || (await relationTo(context, person)) !== 'named')
    throw forbidden('Only a professional who is named in the care of whom it is about decides')
}
