import { Trans, useLingui } from '@lingui/react/macro'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import { type OfferWord, offerState, type SupportOffer } from '#domain/support/offer.ts'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { Quote } from '#ui/text/quote.tsx'
import { AnswerOffer } from './answer-offer.tsx'
import { EndOffer } from './end-offer.tsx'
import {
  myAnswerLabels,
  offerAnswerLabels,
  offerKindLabels,
  offerKindNames,
  offerStateLabels,
  offerStateMarks,
} from './offer-labels.ts'
import type { OfferReader } from './offer-reader.ts'
import './support.scss'
import { Comma } from '#features/parts/language/comma.tsx'

/** Help for looking after oneself: what was offered, for which goal, what the person said, and what helped. */
export function OfferList({ reader }: { reader: OfferReader }) {
  const { house } = reader
  if (house.offers.length === 0)
    return (
      <p className="support-none">
        <Trans>Nothing has been offered yet.</Trans>
      </p>
    )
  return (
    <ul className="support-offers">
      {house.offers.map((offer) => (
        <li key={offer.id} className="support-offer">
          <OfferCard reader={reader} offer={offer} />
        </li>
      ))}
    </ul>
  )
}

function OfferCard({ reader, offer }: { reader: OfferReader; offer: SupportOffer }) {
  const { i18n } = useLingui()
  const restrictionOf = useRestrictions()
  const { house, me } = reader
  const state = offerState(offer)
  const goal = house.goals.find(({ id }) => id === offer.goal)
  const kind = me.voice === 'professional' ? offerKindNames : offerKindLabels
  return (
    <>
      <p className="support-kind">{i18n._(kind[offer.kind])}</p>
      <h3 className="support-what">{offer.what}</h3>
      <StateMark state={offerStateMarks[state]}>
        {i18n._(offerStateLabels(offer.kind)[state])}
      </StateMark>
      {offer.from ? <p>{offer.from}</p> : null}
      {goal ? (
        <p>
          <Trans>For this goal: “{goal.words}”</Trans>
        </p>
      ) : null}
      <p className="support-by">
        <Trans>
          Offered by {offer.by.name} on <DateText date={offer.at} />
        </Trans>
      </p>
      <Ended offer={offer} />
      <RestrictedMark
        {...(me.voice === 'person' ? { to: 'person' as const } : {})}
        restriction={restrictionOf(`ServiceRequest/${offer.id}`)}
      />
      <Said reader={reader} offer={offer} />
      {reader.mayWrite && me.voice !== 'carer' ? <Acts reader={reader} offer={offer} /> : null}
    </>
  )
}

const Acts = ({ reader, offer }: { reader: OfferReader; offer: SupportOffer }) => (
  <div className="support-acts">
    <AnswerOffer reader={reader} offer={offer} />
    {reader.me.voice === 'professional' && !offer.ended ? <EndOffer offer={offer} /> : null}
  </div>
)

function Ended({ offer: { ended } }: { offer: SupportOffer }) {
  if (!ended) return null
  return (
    <p>
      <Trans>
        No longer offered since <DateText date={ended.at} />: {ended.words} ({ended.by.name})
      </Trans>
    </p>
  )
}

function Said({ reader, offer }: { reader: OfferReader; offer: SupportOffer }) {
  if (offer.said.length === 0) return null
  return (
    <ol className="support-said">
      {offer.said.map((word) => (
        <li key={word.id}>
          <OneWord {...{ reader, offer, word }} />
        </li>
      ))}
    </ol>
  )
}

type WordProps = Readonly<{ reader: OfferReader; offer: SupportOffer; word: OfferWord }>

function OneWord({ reader: { me }, offer, word }: WordProps) {
  const { i18n } = useLingui()
  const labels = (me.voice === 'person' ? myAnswerLabels : offerAnswerLabels)(offer.kind)
  return (
    <>
      <b>{i18n._(labels[word.answer])}</b>
      {word.words ? <Quote size="row">{word.words}</Quote> : null}
      <p className="support-by">
        {word.by.name}
        <Comma />
        <DateText date={word.at} />
        {word.writtenDownBy ? (
          <>
            {' '}
            · <Trans>Written down by {word.writtenDownBy.name}</Trans>
          </>
        ) : null}
      </p>
    </>
  )
}
