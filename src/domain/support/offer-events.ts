import type { PlanEvent } from '#domain/plan/plan.ts'
import type { SupportOffer } from './offer.ts'

/** That help was offered, and each answer to it, as news of the plan. */
export function offerEvents(offer: SupportOffer): readonly PlanEvent[] {
  const about = { room: 'support', targets: [`ServiceRequest/${offer.id}`] } as const
  return [
    { id: offer.id, kind: 'offer-help', by: offer.by, at: offer.at, ...about },
    ...offer.said.map(({ id, by, at, answer, words }) => ({
      ...{ id, by, at, answer, kind: 'answer-offer' as const },
      ...(words ? { words } : {}),
      ...about,
    })),
  ]
}
