import { useState } from 'react'
import { asAnother, useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { suggestChange } from '#client/queries/suggestion/suggested-changes.ts'
import type { SentenceNow } from '#domain/suggestion/sentence-now.ts'

export type SentenceAt = Readonly<{
  person: string
  record: string
  place: string
  now: SentenceNow
}>

/** Other words for a sentence while they are written: a draft from the first key stroke, with the text it began from. */
export function useSuggestChange({ person, record, place, now }: SentenceAt) {
  const saving = useSaveState()
  const [open, setOpen] = useState(false)
  const [tried, setTried] = useState(false)
  const { words, owner, version = '1' } = now
  const start = { id: '', words, why: '', version, standing: words }
  const [draft, setDraft, clear, isDraft, settle] = useDraft(`suggest:${record}:${place}`, start)
  const isSame = draft.words.trim() === '' || draft.words.trim() === draft.standing.trim()
  return {
    ...{ draft, saving },
    isOpen: open || isDraft,
    isMissing: tried && isSame,
    begin: () => setOpen(true),
    change: (fields: Readonly<{ words?: string; why?: string }>) =>
      setDraft({ ...draft, ...fields, id: draft.id || crypto.randomUUID() }),
    leave: () => {
      clear()
      setTried(false)
      setOpen(false)
    },
    /** false: a field says what is missing, or it was not sent */
    send: async (): Promise<boolean> => {
      setTried(true)
      if (isSame) return false
      const { id, version: read, standing } = draft
      const said = { words: draft.words.trim(), why: draft.why.trim() }
      const facts = { ...{ id, person, record, place, owner }, ...said, version: read, standing }
      if (!(await saving.run(() => suggestChange(facts)))) return false
      setTried(false)
      if (settle(draft, asAnother)) setOpen(false)
      return true
    },
  }
}
