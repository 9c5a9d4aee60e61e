import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { wordChanges } from '#domain/merge/word-changes.ts'
import type { SuggestedChange } from '#domain/suggestion/suggested-change.ts'
import { ChangedText } from '#ui/text/changed-text.tsx'

/** A suggestion that was decided: by whom, how, and with which word why. */
export function ChangeOutcome({ change, when }: { change: SuggestedChange; when: ReactNode }) {
  return (
    <>
      <ChangedText spans={wordChanges(change.baseWords, change.words)} />
      <p className="gable-meta">
        <Trans>Suggested by {change.by.name}.</Trans> <Outcome change={change} /> {when}
      </p>
    </>
  )
}

function Outcome({ change }: { change: SuggestedChange }) {
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
