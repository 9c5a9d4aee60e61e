import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { dismissMessage } from '#client/queries/admin/unmatched-messages.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Dialog } from '#ui/layout/dialog.tsx'

/** Dismisses a message for good, with a reason; it is not deleted. */
export function DismissMessage({ number }: { number: number }) {
  const [open, setOpen] = useState(false)
  const [tried, setTried] = useState(false)
  const [why, setWhy, clear] = useDraft(`dismiss-message-${number}`, '')
  const saving = useSaveState()
  const close = () => setOpen(false)
  const act = async () => {
    setTried(true)
    if (why.trim() === '') {
      document.querySelector<HTMLElement>('dialog[open] textarea')?.focus()
      return
    }
    if (!(await saving.run(() => dismissMessage(number, why.trim())))) return
    clear()
    toast(<Trans>Dismissed</Trans>)
  }
  return (
    <>
      <Button variant="link" onClick={() => setOpen(true)}>
        <Trans>Dismiss</Trans>
      </Button>
      <Dialog
        title={<Trans>Dismiss this message</Trans>}
        open={open}
        onClose={close}
        actions={
          <>
            <Button pending={saving.pending} onClick={() => void act()}>
              <Trans>Dismiss it</Trans>
            </Button>
            <Button variant="link" onClick={close}>
              <Trans>Not now</Trans>
            </Button>
          </>
        }
      >
        <p>
          <Trans>The message will not be processed. We keep it and your reason.</Trans>
        </p>
        <TextArea
          label={<Trans>Why?</Trans>}
          value={why}
          onChange={setWhy}
          readOnly={saving.pending}
          rows={3}
          error={tried && why.trim() === '' ? <Trans>Enter a few words</Trans> : undefined}
        />
        {saving.problem && (
          <Notice tone="danger" title={<Trans>Not dismissed yet</Trans>}>
            <Trans>What you wrote is kept on this device. Please try again.</Trans>
          </Notice>
        )}
      </Dialog>
    </>
  )
}
