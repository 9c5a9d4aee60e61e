import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { wordChanges } from '#domain/merge/word-changes.ts'
import type { SuggestedChange } from '#domain/suggestion/suggested-change.ts'
import { ChangedText } from '#ui/text/changed-text.tsx'
import { DecisionText } from './decision-text.tsx'

/** A suggestion that was decided: by whom, how, and with which word why. */
export function ChangeOutcome({ change, when }: { change: SuggestedChange; when: ReactNode }) {
  return (
    <>
      <ChangedText spans={wordChanges(change.baseWords, change.words)} />
      <p className="gable-meta">
        <Trans>Suggested by {change.by.name}.</Trans> <DecisionText change={change} /> {when}
      </p>
    </>
  )
}
