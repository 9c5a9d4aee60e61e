import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { noteVoiceChange } from '#client/queries/insight/voices.ts'
import type { ShownVoice } from '#domain/voice/voices.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { TwoWaysOut } from '#features/parts/saving/two-ways-out.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'

type VoiceChangeFormProps = Readonly<{
  voice: string
  /** what the own organisation wrote to these words */
  change: ShownVoice['changes'][number] | undefined
  onDone: () => void
}>

/** What was changed because of somebody’s words. What is typed is kept until it is saved. */
export function VoiceChangeForm({ voice, change, onDone }: VoiceChangeFormProps) {
  const { t } = useLingui()
  const [words, setWords, clear] = useDraft<string>(`voice-${voice}`, change?.words ?? '')
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const isEmpty = words.trim() === ''
  const save = async () => {
    setTried(true)
    if (isEmpty) return
    const version = change?.version ?? 0
    if (!(await saving.run(() => noteVoiceChange({ voice, version, words })))) return
    clear()
    onDone()
  }
  return (
    <CheckedForm aria-label={t`What we changed`} onSubmit={save}>
      <TextArea
        label={t`What we changed`}
        hint={t`No names, please. The person who said this reads it, and so does everybody in the partnership.`}
        value={words}
        onChange={setWords}
        error={tried && isEmpty ? t`Say what was changed` : undefined}
        maxLength={2000}
        rows={3}
      />
      <SaveNote saving={saving} />
      <TwoWaysOut
        pending={saving.pending}
        onCancel={() => {
          clear()
          onDone()
        }}
        cancel={<Trans>Discard</Trans>}
      />
    </CheckedForm>
  )
}
