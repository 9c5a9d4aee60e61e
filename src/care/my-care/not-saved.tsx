import { Trans } from '@lingui/react/macro'
import type { SaveProblem } from '#data/writing/use-editing.ts'
import { Notice } from '#design/notice.tsx'

/** In plain words: it is not saved, nothing is lost, what to do. */
export function NotSaved({ problem }: { problem: SaveProblem | undefined }) {
  if (!problem) return null
  return (
    <div role="alert">
      <Notice tone="danger" title={<Trans>Not saved yet</Trans>}>
        <p>
          {problem === 'moved-on' ? (
            <Trans>Someone has just changed the plan. Please read it again first.</Trans>
          ) : problem === 'not-allowed' ? (
            <Trans>You can read this, but you cannot change it.</Trans>
          ) : (
            <Trans>Your words are safe on this device. Please try again.</Trans>
          )}
        </p>
      </Notice>
    </div>
  )
}
