import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { SaveProblem, SaveState } from '#client/forms/use-record-form.ts'
import { Notice } from '#ui/feedback/notice.tsx'

const problemWords: Readonly<Record<SaveProblem, MessageDescriptor>> = {
  unreachable: msg`We could not reach the service. What you wrote is kept on this device. Try again.`,
  full: msg`There is no storage space left. What you wrote is still on this page. Free up space on this device, or tell your team, and save again.`,
  'not-allowed': msg`You are not allowed to change this. What you wrote is kept on this device.`,
  'needs-network': msg`This needs an internet connection. Try again when you are connected.`,
  'moved-on': msg`Someone has just changed this. Please look at it again.`,
  refused: msg`The service did not accept this. What you wrote is kept on this device.`,
}

/** That a save failed, and that nothing typed is lost. */
export function SaveNote({ saving }: { saving: SaveState }) {
  const { i18n } = useLingui()
  const problem = saving.problem ?? (saving.conflict ? 'moved-on' : undefined)
  return problem ? <NotSavedYet>{i18n._(problemWords[problem])}</NotSavedYet> : null
}

/** A save that failed: `children` say why, and that nothing is lost. */
export function NotSavedYet({ children }: Readonly<{ children: ReactNode }>) {
  return (
    <Notice tone="danger" title={<Trans>Not saved yet</Trans>}>
      <p>{children}</p>
    </Notice>
  )
}
