import { Trans } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { focusFirstError } from '#ui/forms/focus-first-error.ts'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button, type ButtonVariant } from '#ui/layout/button.tsx'
import { Dialog } from '#ui/layout/dialog.tsx'
import { SaveNote } from './save-note.tsx'

type ReasonButtonProps = Readonly<{
  /** names the draft of the text */
  draft: string
  verb: ReactNode
  /** the verb with its object, if several are on a page */
  spoken?: string
  title: ReactNode
  label: ReactNode
  variant?: ButtonVariant
  /** what else has to be entered; `ready` is false while it is missing */
  children?: ReactNode
  ready?: boolean
  run: (words: string) => Promise<void>
  /** a try, even without success: time to show what is missing */
  onTry?: () => void
  done?: () => void
}>

/** A button that needs a reason: asks for it, keeps it while it is typed, then acts. */
export function ReasonButton(props: ReasonButtonProps) {
  const { draft, verb, title, label, variant = 'outline', children, ready = true, run } = props
  const { spoken, onTry, done } = props
  const [open, setOpen] = useState(false)
  const [tried, setTried] = useState(false)
  const [words, setWords, clear] = useDraft(draft, '')
  const saving = useSaveState()
  const close = () => setOpen(false)
  const act = async () => {
    setTried(true)
    onTry?.()
    if (words.trim() === '' || !ready)
      return focusFirstError(document.querySelector('dialog[open]'))
    if (!(await saving.run(() => run(words.trim())))) return
    clear()
    close()
    done?.()
  }
  return (
    <>
      <Button
        variant={variant}
        onClick={() => setOpen(true)}
        {...(spoken ? { 'aria-label': spoken } : {})}
      >
        {verb}
      </Button>
      <Dialog
        title={title}
        open={open}
        onClose={close}
        actions={
          <>
            <Button pending={saving.pending} onClick={() => void act()}>
              {verb}
            </Button>
            <Button variant="link" onClick={close}>
              <Trans>Not now</Trans>
            </Button>
          </>
        }
      >
        {children}
        <TextArea
          label={label}
          value={words}
          onChange={setWords}
          readOnly={saving.pending}
          rows={3}
          error={tried && words.trim() === '' ? <Trans>Enter a few words</Trans> : undefined}
        />
        <SaveNote saving={saving} />
      </Dialog>
    </>
  )
}
