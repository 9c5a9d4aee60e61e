import type { ServiceRequest } from '@medplum/fhirtypes'
import { saveTogether } from '#client/forms/save-record.ts'
import { writtenNow } from '#client/queries/care-plan/plan.ts'
import { saveAnswer } from '#client/queries/goals/goal-answers.ts'
import type { Who } from '#domain/plan/plan.ts'
import type { OfferAnswer, OfferKind, SupportOffer } from '#domain/support/offer.ts'
import { endedOffer, offerToFhir, offerWordToFhir } from '#domain/support/offer-fhir.ts'

type Offering = Readonly<{
  id: string
  person: string
  kind: OfferKind
  what: string
  from: string
  goal: string
}>

/** Offers help, in the name of the user. The caller keeps `id` over retries. */
export async function offerHelp(offering: Offering): Promise<void> {
  await saveAnswer(offerToFhir({ ...offering, ...writtenNow(offering.person) }))
}

type Answering = Readonly<{ id: string; by: Who; answer: OfferAnswer; words: string }>

/** What the person says about an offer: their own, or written down for them. The caller keeps `id` over retries. */
export async function answerOffer(
  { id: offer, person }: Pick<SupportOffer, 'id' | 'person'>,
  said: Answering,
): Promise<void> {
  await saveAnswer(offerWordToFhir({ ...said, person, offer, at: writtenNow(person).at }))
}

/** The team cannot give it any more. Safe to repeat. */
export async function endOffer({ id }: Pick<SupportOffer, 'id'>, words: string): Promise<void> {
  await saveTogether({
    edits: [
      {
        ...{ type: 'ServiceRequest', id },
        onto: (current) => {
          if (current?.resourceType !== 'ServiceRequest' || current.status !== 'active')
            return undefined
          return endedOffer({ ...(current as ServiceRequest), id }, words)
        },
      },
    ],
  })
}
