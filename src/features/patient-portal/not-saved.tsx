import { Trans } from '@lingui/react/macro'
import type { SaveProblem } from '#client/forms/use-record-form.ts'
import { NotSavedYet } from '#features/parts/save-note.tsx'

/** In plain words: it is not saved, nothing is lost, what to do. */
export function NotSaved({ problem }: { problem: SaveProblem | undefined }) {
  if (!problem) return null
  return (
    <NotSavedYet>
      <WhatToDo problem={problem} />
    </NotSavedYet>
  )
}

function WhatToDo({ problem }: { problem: SaveProblem }) {
  switch (problem) {
    case 'moved-on':
      return <Trans>Someone has just changed the plan. Please read it again before you save.</Trans>
    case 'not-allowed':
      return <Trans>You can read this, but you cannot change it.</Trans>
    case 'full':
      return (
        <Trans>
          There is no storage space left. What you wrote is still on this page. Free up space on
          this device, or tell your team, and save again.
        </Trans>
      )
    default:
      return <Trans>What you wrote is safe on this device. Please try again.</Trans>
  }
}
