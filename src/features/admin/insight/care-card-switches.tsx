import { Trans } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import {
  careCardQueries,
  type ListedCard,
  switchCareCard,
} from '#client/queries/suggestion/care-cards.ts'
import { ReasonButton } from '#features/parts/reason-button.tsx'
import { UnverifiedMark } from '#features/parts/record/unverified-mark.tsx'
import { toast } from '#ui/feedback/toasts.tsx'

/** Every pathway card and medicine prompt with its sources; a manager switches them. */
export function CareCardSwitches() {
  const { data: cards } = useSuspenseQuery(careCardQueries.all())
  return (
    <details>
      <summary>
        <Trans>All pathway cards and medicine prompts, and who switched them</Trans>
      </summary>
      <UnverifiedMark what="care-card" />
      <ul className="gable-boxed-rows insight__rows">
        {cards.map((card) => (
          <li key={card.code}>
            <b>{card.title}</b>. {card.on ? <Trans>In use.</Trans> : <Trans>Switched off.</Trans>}{' '}
            <Trans>Version {card.version}</Trans>
            {card.changedBy ? (
              <>
                {' · '}
                <bdi>{card.changedBy}</bdi>
              </>
            ) : null}
            {card.lines.map(({ words, source }) => (
              <p key={words}>
                {words} <span className="gable-meta">{source}</span>
              </p>
            ))}
            <Switch card={card} />
          </li>
        ))}
      </ul>
    </details>
  )
}

function Switch({ card: { code, title, on } }: { card: ListedCard }) {
  return (
    <ReasonButton
      draft={`switch-card-${code}`}
      verb={on ? <Trans>Switch off: {title}</Trans> : <Trans>Switch on: {title}</Trans>}
      title={on ? <Trans>Switch this card off?</Trans> : <Trans>Switch this card on?</Trans>}
      label={<Trans>Why, and who agrees</Trans>}
      run={(reason) => switchCareCard(code, !on, reason)}
      done={() => toast(<Trans>Saved, with your reason.</Trans>)}
    >
      <p>
        <Trans>
          It counts for everybody here, in every organisation. What came of it before stays in each
          record.
        </Trans>
      </p>
    </ReasonButton>
  )
}
