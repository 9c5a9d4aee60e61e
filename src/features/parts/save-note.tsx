import { Trans } from '@lingui/react/macro'
import type { Saving } from '#client/forms/use-record-form.ts'
import { Notice } from '#ui/feedback/notice.tsx'

/** That a save did not go through, and that nothing typed is lost. */
export function SaveNote({ saving }: { saving: Saving }) {
  const problem = saving.problem ?? (saving.conflict ? 'moved-on' : undefined)
  if (!problem) return null
  return (
    <Notice tone="danger" title={<Trans>Not saved yet</Trans>}>
      <p>
        {problem === 'not-allowed' ? (
          <Trans>You may not write here. Your words are kept on this device.</Trans>
        ) : problem === 'needs-network' ? (
          <Trans>This cannot wait on the device: do it when there is a network.</Trans>
        ) : problem === 'moved-on' ? (
          <Trans>Someone has just changed this. Please look at it again.</Trans>
        ) : (
          <Trans>Your words are kept on this device. Please try again.</Trans>
        )}
      </p>
    </Notice>
  )
}
