import type { Consent, Resource } from '@medplum/fhirtypes'
import { changedElements } from '#domain/access/record-access-kind.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { isOptOut } from '#domain/opt-out/is-opt-out.ts'
import { optOutFault, toldHowIn, withOptOutMarks } from '#domain/opt-out/opt-out-fhir.ts'
import { agentOf } from '#server/audit/audit-log.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { forbidden } from '#server/problem.ts'

/**
 * A no that another system sends counts like every other, and can be taken back here in the person’s words. What was
 * said here, a file does not change. Any other record unchanged. Throws 403.
 */
export function broughtOptOut(
  { actor, now }: RequestContext,
  sent: ResourceWithId,
  { before, person }: Readonly<{ before: Resource | undefined; person: string | undefined }>,
): ResourceWithId {
  if (before && isOptOut(before)) {
    const isSame = changedElements(before, sent).length === 0
    if (isSame) return sent
    if (toldHowIn(before) !== 'elsewhere' || !isOptOut(sent))
      throw forbidden('What somebody said no to here is not changed by an import')
  }
  if (!isOptOut(sent)) return sent
  if (before && isOptOut(before) && isOnceMore(before, sent)) return { ...before, id: sent.id }
  return fromElsewhere({ actor, now }, sent, person)
}

/** The same once more: who brought it first, and the day, stay. */
const isOnceMore = (before: Consent, sent: Consent) =>
  before.status === sent.status && (!sent.dateTime || sent.dateTime === before.dateTime)

function fromElsewhere(
  { actor, now }: Pick<RequestContext, 'actor' | 'now'>,
  sent: Consent,
  person: string | undefined,
): ResourceWithId {
  const fault = optOutFault(sent, person)
  if (fault) throw forbidden(fault)
  return withOptOutMarks(
    { ...sent, id: sent.id ?? '' },
    {
      at: sent.dateTime ?? now.toISOString(),
      toldHow: 'elsewhere',
      writtenBy: {
        ...{ reference: agentOf(actor) ?? '', name: actor.name || actor.identity },
        voice: 'professional',
      },
    },
  )
}
