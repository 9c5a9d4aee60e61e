import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { carersQuery, caringForQuery } from '#client/queries/carer/carers.ts'
import { sidesQuery } from '#client/session/sides.ts'
import type { CarerShown } from '#domain/carer/carers-answer.ts'
import { OfferSaid } from './offer-said.tsx'

type Offers = CarerShown['offers']

const unanswered = (offers: Offers) =>
  offers.slice(-1).filter(({ replies }) => replies.length === 0)

/** On the first page: a talk that the carer was offered and has not answered, on either of their sides. */
export function WaitingOffer({ person, isCarer }: Readonly<{ person: string; isCarer: boolean }>) {
  const { data: sides = [] } = useQuery(sidesQuery())
  const isBoth = sides.length > 1
  const { data: carers = [] } = useQuery({ ...carersQuery(person), enabled: isCarer })
  const { data: roles = [] } = useQuery({ ...caringForQuery(person), enabled: !isCarer && isBoth })
  const mine = isCarer ? carers.filter(({ isSelf, isOver }) => isSelf && !isOver) : roles
  const waiting = mine.flatMap(({ offers }) => unanswered(offers))
  if (waiting.length === 0) return null
  return (
    <section aria-labelledby="talk-offered">
      <h2 id="talk-offered">
        <Trans>A talk about what you need</Trans>
      </h2>
      {waiting.map((offer) => (
        <div key={offer.id} className="my-card">
          <OfferSaid offer={offer} />
          <p>
            <Link to="/my/caring">
              <Trans>Answer the offer of a talk</Trans>
            </Link>
          </p>
        </div>
      ))}
    </section>
  )
}
