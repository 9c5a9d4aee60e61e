import { Trans } from '@lingui/react/macro'
import { dayHere } from '#client/clock.ts'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import { unmetNeeds } from '#domain/plan/house/house.ts'
import { NeedLine, NewNeed } from '#features/care-plan/components/need-line.tsx'
import { WhenText } from '#features/care-plan/components/when-text.tsx'
import type { HouseView } from '#features/care-plan/use-house.ts'
import { NewOffer } from '#features/parts/support/new-offer.tsx'
import { OfferList } from '#features/parts/support/offer-list.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'

/** The foundation: what is arranged, and the needs that nobody can meet yet. */
export function SupportRoom({ view: { house } }: { view: HouseView }) {
  const restrictionOf = useRestrictions()
  return (
    <>
      <section className="gable-section" aria-labelledby="arranged-title">
        <h2 id="arranged-title">
          <Trans>Arranged</Trans>
        </h2>
        {house.support.length === 0 ? (
          <EmptyState title={<Trans>Nothing arranged yet</Trans>} />
        ) : null}
        <ul className="gable-plain-list gable-stones">
          {house.support.map((support) => (
            <li key={support.id} className="gable-stone">
              <b>{support.title}</b>
              <p>{support.note}</p>
              {support.since ? (
                <p className="gable-meta">
                  <Trans>Since</Trans> <WhenText at={dayHere(support.since)} />
                </p>
              ) : null}
              <RestrictedMark restriction={restrictionOf(`ServiceRequest/${support.id}`)} />
            </li>
          ))}
        </ul>
        <LinkButton to={`/people/${house.person}/tasks#refer`} variant="outline">
          <Trans>Ask for a service</Trans>
        </LinkButton>
      </section>
      <section className="gable-section" aria-labelledby="offers-title">
        <h2 id="offers-title">
          <Trans>Help to look after oneself</Trans>
        </h2>
        <OfferList reader={{ house, me: whoAmI(house.person), mayWrite: !house.died }} />
        {house.died ? null : <NewOffer house={house} />}
      </section>
      <section className="gable-section" aria-labelledby="unmet-title">
        <h2 id="unmet-title">
          <Trans>Needs that nobody can meet yet</Trans>
        </h2>
        {unmetNeeds(house).map((need) => (
          <NeedLine key={need.id} house={house} need={need} />
        ))}
        <NewNeed house={house} unmet />
      </section>
    </>
  )
}
