import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { asAnother, useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { noteContact } from '#client/queries/care-plan/review.ts'

import { SaveNote } from '#features/parts/save-note.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'

const ways = {
  rang: { way: 'call', reached: true },
  visited: { way: 'visit', reached: true },
  'no-answer': { way: 'call', reached: false },
  'not-home': { way: 'visit', reached: false },
} as const

type Typed = Readonly<{ id: string; how: string; words: string }>
const empty: Typed = { id: '', how: '', words: '' }
const isWay = (how: string): how is keyof typeof ways => how in ways

/** A call or a visit, or an attempt: only a person who was reached leaves the list. */
export function ContactForm({ person }: { person: string }) {
  const { t } = useLingui()
  const [typed, setTyped, , , settle] = useDraft<Typed>(`contact-${person}`, empty)
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const change = (fields: Partial<Typed>) =>
    setTyped({ ...typed, id: typed.id || crypto.randomUUID(), ...fields })
  const { id, how, words } = typed
  const chosen = isWay(how) ? ways[how] : undefined
  const save = async () => {
    setTried(true)
    if (!chosen || words.trim() === '') return
    const contact = { id, person, words: words.trim(), ...chosen }
    if (!(await saving.run(() => noteContact(contact)))) return
    settle(typed, asAnother)
    setTried(false)
    toast(
      chosen.reached ? (
        <Trans>Saved.</Trans>
      ) : (
        <Trans>Saved. It stays on the Today page until someone is reached.</Trans>
      ),
    )
  }
  return (
    <CheckedForm onSubmit={save}>
      <Radios
        legend={t`How did it go?`}
        name="contact"
        value={how}
        onChange={(next) => change({ how: next })}
        error={tried && !chosen ? t`Select whether you reached them` : undefined}
        options={[
          { value: 'rang', label: t`We spoke on the phone` },
          { value: 'visited', label: t`I saw them` },
          { value: 'no-answer', label: t`I called and nobody answered` },
          { value: 'not-home', label: t`I visited and nobody was there` },
        ]}
      />
      <TextArea
        label={chosen?.reached === false ? t`What you will do next` : t`What was said`}
        value={words}
        onChange={(next) => change({ words: next })}
        error={tried && words.trim() === '' ? t`Enter a few words` : undefined}
        rows={3}
      />
      <SaveNote saving={saving} />
      <Button type="submit" variant="outline" pending={saving.pending}>
        <Trans>Save contact</Trans>
      </Button>
    </CheckedForm>
  )
}
