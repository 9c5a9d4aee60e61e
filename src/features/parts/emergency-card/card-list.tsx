import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { dayHere } from '#client/clock.ts'
import type { CardFacts } from '#client/queries/worse/card-link.ts'
import type { Essentials } from '#domain/plan/worse/essentials.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { CardActs } from './card-acts.tsx'
import { cardUseLabels } from './card-use-labels.ts'

type Props = Readonly<{
  person: string
  givenName: string
  isOwn: boolean
  cards: readonly CardFacts[]
  onMade: (made: { card: Essentials; link: string | undefined }) => void
}>

/** Each card that is in use or ran out, with what can be done to it; and below, those that were ended. */
export function CardList({ cards, ...props }: Props) {
  const inUse = cards.filter(({ state }) => state !== 'ended')
  const ended = cards.filter(({ state }) => state === 'ended')
  return (
    <section aria-labelledby="cards-in-use">
      <h2 id="cards-in-use">
        <Trans>Cards in use</Trans>
      </h2>
      {inUse.length === 0 ? (
        <p>
          <Trans>There is no card yet.</Trans>
        </p>
      ) : (
        <ul className="worse-list">
          {inUse.map((card) => (
            <li key={card.id} className={card.state === 'expired' ? 'is-missing' : ''}>
              <CardInUse card={card} />
              <CardActs {...props} card={card} />
            </li>
          ))}
        </ul>
      )}
      {ended.length > 0 ? (
        <details className="worse-ended">
          <summary>
            <Plural
              value={ended.length}
              one="# card that was ended"
              other="# cards that were ended"
            />
          </summary>
          <ul>
            {ended.map((card) => (
              <li key={card.id}>
                <CardUseName card={card} />:{' '}
                <Trans>
                  ended on <DateText date={dayHere(card.ended ?? card.expires)} /> by {card.endedBy}
                </Trans>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  )
}

function CardUseName({ card }: { card: CardFacts }) {
  const { i18n } = useLingui()
  return <>{i18n._(cardUseLabels[card.use] ?? cardUseLabels.other)}</>
}

function CardInUse({ card }: { card: CardFacts }) {
  const { state, made, madeBy, expires, hasLink } = card
  return (
    <>
      <h3>
        <CardUseName card={card} />
      </h3>
      <p>
        {state === 'open' ? (
          <StateMark state="agreed">
            <Trans>
              Works until <DateText date={dayHere(expires)} />
            </Trans>
          </StateMark>
        ) : (
          <StateMark state="missing">
            <Trans>
              Ran out on <DateText date={dayHere(expires)} />
            </Trans>
          </StateMark>
        )}
      </p>
      <p>
        <Trans>
          Made on <DateText date={dayHere(made)} /> by {madeBy}
        </Trans>
        .{' '}
        {card.illnesses ? <Trans>It says illnesses.</Trans> : <Trans>It says no illnesses.</Trans>}
      </p>
      <p>
        {hasLink ? (
          <OpenedWords card={card} />
        ) : (
          <Trans>On paper only: it has no link, and nobody can see who reads it.</Trans>
        )}
      </p>
    </>
  )
}

function OpenedWords({ card: { opened, lastOpened } }: { card: CardFacts }) {
  if (!lastOpened) return <Trans>Its link was never opened.</Trans>
  return (
    <>
      <Plural value={opened} one="Its link was opened once" other="Its link was opened # times" />,{' '}
      <Trans>
        last on <DateText date={dayHere(lastOpened)} />
      </Trans>
      .
    </>
  )
}
