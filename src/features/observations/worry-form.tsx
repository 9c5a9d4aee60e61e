import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { asAnother, useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { sayWorry, takeBackWorry } from '#client/queries/worry/worries.ts'
import { longestWorryWords, mostWorry } from '#domain/worry/worry.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'

type Typed = Readonly<{ id: string; score: string; words: string }>
const fresh = (): Typed => ({ id: crypto.randomUUID(), score: '', words: '' })
const scores = Array.from({ length: mostWorry + 1 }, (_each, score) => String(score))

type WorryFormProps = Readonly<{
  person: string
  /** absent: the person says it about themselves */
  name?: string | undefined
}>

/** How worried somebody is, from 0 to 10, in their own name. */
export function WorryForm({ person, name }: WorryFormProps) {
  const { t } = useLingui()
  const [first, setFirst] = useState(fresh)
  const [typed, setTyped, , , settle] = useDraft<Typed>(`worry-${person}`, first)
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const isLong = typed.words.trim().length > longestWorryWords
  const save = async () => {
    setTried(true)
    const { id, score, words } = typed
    if (score === '' || isLong) return
    if (!(await saving.run(() => sayWorry({ id, person, words, score: Number(score) })))) return
    setTried(false)
    toast(<Trans>Saved. Your team can read it.</Trans>, () => takeBackWorry(id))
    // the next one is another record
    if (settle(typed, asAnother)) setFirst(fresh())
  }
  return (
    <CheckedForm onSubmit={save}>
      <SelectField
        label={
          name ? t`How worried are you about ${name}?` : t`How worried are you about your health?`
        }
        hint={t`0 is not worried at all. 10 is as worried as you can be.`}
        value={typed.score}
        onChange={(score) => setTyped({ ...typed, score })}
        error={tried && typed.score === '' ? t`Choose a number from 0 to 10` : undefined}
        options={[
          { value: '', label: t`Choose a number` },
          ...scores.map((each) => ({ value: each, label: each })),
        ]}
      />
      <TextArea
        label={t`What worries you? You can leave this empty`}
        hint={
          name
            ? t`${name} can read it, and so can everybody who may see the readings.`
            : t`Everybody who may see your readings can read it.`
        }
        value={typed.words}
        onChange={(words) => setTyped({ ...typed, words })}
        readOnly={saving.pending}
        error={isLong ? t`This is too long. Write 2,000 characters at most` : undefined}
        rows={2}
      />
      <SaveNote saving={saving} />
      <Button type="submit" variant="outline" pending={saving.pending}>
        <Trans>Save how worried you are</Trans>
      </Button>
    </CheckedForm>
  )
}
