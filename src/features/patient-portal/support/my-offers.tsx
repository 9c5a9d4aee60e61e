import { Trans } from '@lingui/react/macro'
import { OfferList } from '#features/parts/support/offer-list.tsx'
import type { MyHouse } from '#features/patient-portal/use-my-house.ts'

/** What was offered to the person, and their answers. */
export function MyOffers({ mine }: { mine: MyHouse }) {
  const { house, me, isCarer } = mine
  if (house.offers.length === 0) return null
  const mayWrite = mine.mayWrite('support') && !house.died
  return (
    <section aria-labelledby="offers-title">
      <h2 id="offers-title">
        {isCarer ? (
          <Trans>Help that {house.givenName} was offered</Trans>
        ) : (
          <Trans>Help to look after myself</Trans>
        )}
      </h2>
      <OfferList reader={{ house, me, mayWrite }} />
    </section>
  )
}
