import type { Resource } from '@medplum/fhirtypes'
import { isSameReading } from '#domain/reading/is-same-reading.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { recordByCondition } from '#server/interactions/write/find-by-condition.ts'
import type { WriteResult } from '#server/store/store.ts'

/**
 * A reading of a device that comes again under its own identifier, because the program did not hear that it had arrived: the one that is
 * stored is the answer, as with If-None-Exist. Another amount or moment under the same identifier is none of it.
 */
export async function sentBefore(
  context: RequestContext,
  sent: Resource,
): Promise<WriteResult | undefined> {
  const condition = conditionOf(sent)
  if (!condition) return undefined
  const found = await recordByCondition(context, 'Observation', condition)
  const stored = found?.kept.resource
  return stored && isSameReading(stored, sent) ? found : undefined
}

/** Undefined for what is no reading of a device of one person, or bears no identifier of a system. */
export function conditionOf(sent: Resource): string | undefined {
  if (sent.resourceType !== 'Observation' || !sent.device) return undefined
  const own = sent.identifier?.find(({ system, value }) => system && value)
  const person = sent.subject?.reference
  if (!own || !person?.startsWith('Patient/')) return undefined
  const escaped = (text = '') => text.replace(/[\\,$|]/g, '\\$&')
  return new URLSearchParams({
    ...{ identifier: `${escaped(own.system)}|${escaped(own.value)}`, patient: person },
  }).toString()
}
