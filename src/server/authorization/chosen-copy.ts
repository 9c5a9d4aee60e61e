import { isStaff } from '#domain/access/actor.ts'
import { namedAccessLabels, ownAccessLabels } from '#domain/access/labels/access-label.ts'
import type { Scope } from '#domain/access/scope.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden, notFound } from '#server/problem.ts'
import { relationTo } from './relation-to.ts'

type Request = Readonly<{ copy?: string; reason?: string }>

/** What a copy to take away holds, and the reason for it in the audit log. */
export type ChosenCopy = Readonly<{ scope: Scope; why: string; isFull: boolean }>

/**
 * Who may take a copy of a person's record, and what it holds. The person's own copy holds what they may see; made by
 * a professional who is not named in their care it leaves out what is restricted to those who are. `copy=full`, with a
 * reason, is for professionals with a relation to the person and holds what they may see.
 */
export async function chosenCopy(
  context: RequestContext,
  person: string,
  request: Request,
): Promise<ChosenCopy> {
  const { actor } = context
  const mayMake = actor.person === person || isStaff(actor)
  if (!mayMake)
    throw forbidden('Only the person, or professionals who care for them, can make a copy')
  const relation = await relationTo(context, person)
  if (relation === 'none') throw notFound()
  const rooms = ownAccessLabels.filter(
    (room) => relation !== 'related' || !namedAccessLabels.includes(room),
  )
  const own: Scope = { people: { kind: 'listed', people: [{ person, rooms }] } }
  if (request.copy !== 'full') return { scope: own, why: 'the person’s own copy', isFull: false }
  if (!isStaff(actor)) throw forbidden('Only professionals can make a full copy')
  const reason = request.reason?.trim()
  if (!reason) throw new FhirProblem(400, 'required', 'A full copy needs a reason')
  return { scope: context.accessScope.scope, why: `a full copy: ${reason}`, isFull: true }
}
