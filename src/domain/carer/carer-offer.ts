import type { Communication, Resource } from '@medplum/fhirtypes'
import { professionalOnly } from '#domain/access/labels/between.ts'
import { hasMessageCategory } from '#domain/agreement/comment-message.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import {
  extensionsOf,
  idIn,
  ownCode,
  referenceTo,
  whoFrom,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'

export const assessmentAnswers = ['yes', 'no', 'later'] as const
export type AssessmentAnswer = (typeof assessmentAnswers)[number]

/** What a carer said to the offer. All of them are kept; the last one counts. */
export type OfferReply = Readonly<{
  answer: AssessmentAnswer
  words: string
  /** who wrote it down: the carer, or a professional to whom the carer said it */
  by: Who
  at: string
}>

/** An assessment that was offered to a carer (Care Act 2014, section 10). */
export type CarerOffer = Readonly<{
  id: string
  /** id of the RelatedPerson */
  carer: string
  words: string
  by: Who
  at: string
  replies: readonly OfferReply[]
}>

export const isCarerOffer = (resource: Resource): resource is Communication =>
  resource.resourceType === 'Communication' && hasMessageCategory(resource, 'carer-offer')

/**
 * In the record of the person cared for, and between professionals: it concerns the carer, who reads it through
 * `$carers`. A carer need not have a record of their own before they are asked.
 */
export const carerOfferToFhir = (
  offer: CarerOffer,
  person: string,
): Communication & { id: string } => ({
  ...{ resourceType: 'Communication', id: offer.id, status: 'completed' },
  meta: { security: [professionalOnly] },
  category: [ownCode('carer-offer')],
  subject: { reference: `Patient/${person}` },
  sender: referenceTo(offer.by),
  recipient: [{ reference: `RelatedPerson/${offer.carer}` }],
  sent: offer.at,
  ...(offer.words ? { payload: [{ contentString: offer.words }] } : {}),
  ...withExtensions(undefined, { 'offer-reply': offer.replies.map(replyParts) }),
})

const replyParts = ({ answer, words, by, at }: OfferReply) => ({
  extension: [
    { url: 'answer', valueCoding: { system: gableCodeSystem, code: answer } },
    ...(words ? [{ url: 'words', valueString: words }] : []),
    { url: 'by', valueReference: referenceTo(by) },
    { url: 'at', valueDateTime: at },
  ],
})

export function carerOfferFromFhir(message: Communication): CarerOffer | undefined {
  const by = whoFrom(message.sender)
  if (!isCarerOffer(message) || !by || message.status === 'entered-in-error') return undefined
  return {
    id: message.id ?? '',
    carer: idIn(message.recipient?.[0]?.reference),
    words: message.payload?.[0]?.contentString ?? '',
    ...{ by, at: message.sent ?? '' },
    replies: extensionsOf(message, 'offer-reply').flatMap(({ extension = [] }) => {
      const part = (url: string) => extension.find((each) => each.url === url)
      const answer = assessmentAnswers.find((each) => each === part('answer')?.valueCoding?.code)
      const who = whoFrom(part('by')?.valueReference)
      if (!answer || !who) return []
      const at = part('at')?.valueDateTime ?? ''
      return [{ answer, words: part('words')?.valueString ?? '', by: who, at }]
    }),
  }
}
