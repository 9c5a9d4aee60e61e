import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useKeptId } from '#client/forms/use-kept-id.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { SaveOrCancel } from '#features/parts/saving/save-or-cancel.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'

/** A button that opens a few words and sends them: what was typed is kept until it is sent. */
export function PromiseDeedForm(props: {
  /** names the draft */
  place: string
  button: string
  /** what the button is about, for screen readers */
  about: string
  label: string
  /** shown when the words are needed and missing; absent: they may be left out */
  missing?: string
  send: (id: string, words: string) => Promise<void>
}) {
  const { place, button, about, label, missing, send } = props
  const [id, renew] = useKeptId()
  const [open, setOpen] = useState(false)
  const [tried, setTried] = useState(false)
  const [words, setWords, clear, isDraft] = useDraft(place, '')
  const saving = useSaveState()
  if (!open && !isDraft)
    return (
      <Button variant="outline" onClick={() => setOpen(true)} aria-label={`${button}: ${about}`}>
        {button}
      </Button>
    )
  const isMissing = missing !== undefined && words.trim() === ''
  const submit = async () => {
    setTried(true)
    if (isMissing || !(await saving.run(() => send(id, words.trim())))) return
    clear()
    renew()
    setOpen(false)
  }
  return (
    <div>
      <TextArea
        label={label}
        rows={2}
        value={words}
        onChange={setWords}
        error={tried && isMissing ? missing : undefined}
      />
      <SaveOrCancel
        saving={saving}
        save={button}
        onSave={() => void submit()}
        onCancel={() => {
          clear()
          setOpen(false)
        }}
      />
    </div>
  )
}
