import { Trans } from '@lingui/react/macro'
import type { SuggestedChange } from '#domain/suggestion/suggested-change.ts'

/** What was decided about a suggestion, by whom, in which words, and who wrote it down. */
export function DecisionText({ change }: { change: SuggestedChange }) {
  const { decision, reason, taken, words } = change
  const name = decision?.by.name ?? ''
  return (
    <>
      {change.state === 'withdrawn' ? <Trans>Withdrawn.</Trans> : null}
      {change.state === 'declined' ? (
        <Trans>
          {name} said no: “{reason}”
        </Trans>
      ) : null}
      {change.state === 'taken' && taken === words ? <Trans>{name} said yes.</Trans> : null}
      {change.state === 'taken' && taken !== words ? (
        <Trans>
          {name} took part of it: “{taken}”
        </Trans>
      ) : null}
      {decision?.recordedBy ? (
        <>
          {' '}
          {decision.way === 'paper' ? (
            <Trans>Ticked on paper, written down by {decision.recordedBy.name}.</Trans>
          ) : (
            <Trans>Written down by {decision.recordedBy.name}.</Trans>
          )}
        </>
      ) : null}
    </>
  )
}
