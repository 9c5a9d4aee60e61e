import { Trans } from '@lingui/react/macro'
import { wordChanges } from '#domain/merge/word-changes.ts'
import type { BesideSentence } from '#domain/suggestion/suggested-change.ts'
import { ChangedText } from '#ui/text/changed-text.tsx'
import { OwnText } from '#ui/text/own-text.tsx'

/**
 * The words that somebody suggests: what is added is underlined, what is left out is crossed out. If the sentence has
 * changed since, both texts stand side by side, and what it said before.
 */
export function SuggestedWords({ beside }: { beside: BesideSentence }) {
  const { change, now, isMovedOn } = beside
  if (!isMovedOn) return <ChangedText spans={wordChanges(change.baseWords, change.words)} />
  return (
    <div className="gable-moved-on">
      <p>
        <b>
          <Trans>
            The words have changed since {change.by.name} suggested this. Both are kept.
          </Trans>
        </b>
      </p>
      <dl>
        <div>
          <dt>
            <Trans>It says now</Trans>
          </dt>
          <dd>{now || <Trans>Nothing</Trans>}</dd>
        </div>
        <div>
          <dt>
            <Trans>{change.by.name} suggests</Trans>
          </dt>
          <dd>
            <OwnText>{change.words}</OwnText>
          </dd>
        </div>
        <div>
          <dt>
            <Trans>It said before</Trans>
          </dt>
          <dd>{change.baseWords || <Trans>Nothing</Trans>}</dd>
        </div>
      </dl>
    </div>
  )
}
