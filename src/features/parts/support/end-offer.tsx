import { useLingui } from '@lingui/react/macro'
import { endOffer } from '#client/queries/support/offers.ts'
import type { SupportOffer } from '#domain/support/offer.ts'
import { ReasonForm } from './reason-form.tsx'

/** The team cannot give it any more, and says why. */
export function EndOffer({ offer }: { offer: SupportOffer }) {
  const { t } = useLingui()
  return (
    <ReasonForm
      place={`end-offer:${offer.id}`}
      button={t`End this offer`}
      about={offer.what}
      label={t`Why is it no longer offered?`}
      missing={t`Say why`}
      send={(words) => endOffer(offer, words)}
    />
  )
}
