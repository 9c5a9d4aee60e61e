import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { SaveOrCancel } from '#features/parts/saving/save-or-cancel.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'

/** A link that opens a field for the reason, and sends it: what was typed is kept until it is sent. */
export function ReasonForm(props: {
  /** names the draft */
  place: string
  button: string
  /** what the button is about, for screen readers */
  about: string
  label: string
  /** shown when the reason is missing */
  missing: string
  send: (words: string) => Promise<void>
}) {
  const { place, button, about, label, missing, send } = props
  const [open, setOpen] = useState(false)
  const [tried, setTried] = useState(false)
  const [words, setWords, clear, isDraft] = useDraft(place, '')
  const saving = useSaveState()
  if (!open && !isDraft)
    return (
      <Button variant="link" onClick={() => setOpen(true)} aria-label={`${button}: ${about}`}>
        {button}
      </Button>
    )
  const isMissing = words.trim() === ''
  const submit = async () => {
    setTried(true)
    if (isMissing) return
    if (!(await saving.run(() => send(words.trim())))) return
    clear()
    setOpen(false)
  }
  return (
    <div className="support-form">
      <TextArea
        label={label}
        rows={2}
        value={words}
        onChange={setWords}
        error={tried && isMissing ? missing : undefined}
      />
      <SaveOrCancel
        saving={saving}
        onSave={() => void submit()}
        onCancel={() => {
          clear()
          setOpen(false)
        }}
        save={button}
      />
    </div>
  )
}
