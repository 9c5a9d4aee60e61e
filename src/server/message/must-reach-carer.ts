import type { Communication } from '@medplum/fhirtypes'
import { instantIn } from '#domain/calendar/zone.ts'
import { consentedLabelsFor } from '#domain/consent/consent.ts'
import { carersOfMessage } from '#domain/message/is-message.ts'
import { carerOfPerson, recordsAroundCarers } from '#server/carer/carers-of.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem } from '#server/problem.ts'

/** A thread with one carer names a carer of this person who can read it: the conversation is shared with them. Throws 422. */
export async function mustReachCarer(
  context: RequestContext,
  message: Communication,
  person = '',
): Promise<void> {
  const [id, ...others] = carersOfMessage(message) ?? []
  if (!id || others.length > 0) throw refusal('Name the one carer who reads it')
  await carerOfPerson(context, person, id)
  const { consents } = await recordsAroundCarers(context.service.sql, person)
  const at = instantIn(context.zone, context.now)
  if (!consentedLabelsFor(consents, `RelatedPerson/${id}`, at).read.includes('conversation'))
    throw refusal('The conversation is not shared with this carer: the person decides that')
}

const refusal = (words: string) =>
  new FhirProblem(422, 'business-rule', words, { expression: 'Communication.recipient' })
