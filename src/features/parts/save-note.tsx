import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { SaveState } from '#client/forms/use-record-form.ts'
import { Notice } from '#ui/feedback/notice.tsx'

/** That a save failed, and that nothing typed is lost. */
export function SaveNote({ saving }: { saving: SaveState }) {
  const problem = saving.problem ?? (saving.conflict ? 'moved-on' : undefined)
  if (!problem) return null
  return (
    <NotSavedYet>
      {problem === 'not-allowed' ? (
        <Trans>You are not allowed to change this. What you wrote is kept on this device.</Trans>
      ) : problem === 'needs-network' ? (
        <Trans>This needs an internet connection. Try again when you are connected.</Trans>
      ) : problem === 'moved-on' ? (
        <Trans>Someone has just changed this. Please look at it again.</Trans>
      ) : (
        <Trans>What you wrote is kept on this device. Please try again.</Trans>
      )}
    </NotSavedYet>
  )
}

/** A save that failed: `children` say why, and that nothing is lost. */
export function NotSavedYet({ children }: Readonly<{ children: ReactNode }>) {
  return (
    <Notice tone="danger" title={<Trans>Not saved yet</Trans>}>
      <p>{children}</p>
    </Notice>
  )
}
