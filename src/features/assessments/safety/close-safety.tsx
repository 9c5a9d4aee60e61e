import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { closeSafety, reopenFlags } from '#client/queries/monitoring/alerts.ts'
import type { SafetyFlag } from '#domain/assessment/safety/safety-flag.ts'
import { toast } from '#ui/feedback/toasts.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Dialog } from '#ui/layout/dialog.tsx'

/** A safety concern stays on Today until somebody closes it with a reason. */
export function CloseSafety({ flag, person }: Readonly<{ flag: SafetyFlag; person: string }>) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  const [tried, setTried] = useState(false)
  const [words, setWords, clear] = useDraft(`close-${flag.id}`, '')
  const saving = useSaveState()
  const close = async () => {
    setTried(true)
    if (words.trim() === '') return
    if (!(await saving.run(() => closeSafety(flag.id, person, words)))) return
    clear()
    setOpen(false)
    toast(<Trans>Closed. Your reason is saved.</Trans>, () => reopenFlags([flag.id]))
  }
  return (
    <>
      <p>
        <Trans>It stays on the Today page until someone closes it.</Trans>
      </p>
      <Button variant="outline" onClick={() => setOpen(true)}>
        <Trans>Close this safety concern</Trans>
      </Button>
      <Dialog
        title={t`Close this safety concern?`}
        open={open}
        onClose={() => setOpen(false)}
        actions={
          <>
            <Button pending={saving.pending} onClick={() => void close()}>
              <Trans>Close it</Trans>
            </Button>
            <Button variant="link" onClick={() => setOpen(false)}>
              <Trans>Keep it open</Trans>
            </Button>
          </>
        }
      >
        <p>
          <Trans>
            It is removed from the Today page. What was done and why it was closed are kept.
          </Trans>
        </p>
        <TextArea
          label={t`Why it can be closed, and who agrees`}
          rows={3}
          value={words}
          onChange={setWords}
          readOnly={saving.pending}
          error={tried && words.trim() === '' ? t`Enter why it can be closed` : undefined}
        />
        {saving.problem && (
          <p role="alert" className="assess-safety-failed">
            <Trans>This was not saved. What you wrote is kept: try again.</Trans>
          </p>
        )}
      </Dialog>
    </>
  )
}
