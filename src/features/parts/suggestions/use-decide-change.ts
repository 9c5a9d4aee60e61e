import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { acceptChange, declineChange } from '#client/queries/suggestion/suggested-changes.ts'
import type { BesideSentence, DecidedWay } from '#domain/suggestion/suggested-change.ts'

export type ChangeAnswer = 'yes' | 'change' | 'no'

type Draft = Readonly<{ answer: ChangeAnswer | ''; words: string; reason: string; way: DecidedWay }>

/** What its owner says to a suggestion, until it is saved: yes, in other words, or no with a word why. */
export function useDecideChange(
  { change, now, ofBoth }: BesideSentence,
  { planId, way }: Readonly<{ planId: string | undefined; way: DecidedWay }>,
) {
  const saving = useSaveState()
  const [tried, setTried] = useState(false)
  const start: Draft = { answer: '', words: ofBoth ?? change.words, reason: '', way }
  const [draft, setDraft, clear, isDraft] = useDraft<Draft>(`decide:${change.id}`, start)
  const isMissing =
    (draft.answer === 'change' && draft.words.trim() === '') ||
    (draft.answer === 'no' && draft.reason.trim() === '')
  const decide = async (answer: ChangeAnswer): Promise<boolean> => {
    setTried(true)
    if (answer === draft.answer && isMissing) return false
    const decided = { change, way: draft.way }
    const taken = answer === 'yes' ? change.words : draft.words.trim()
    const done = await saving.run(() =>
      answer === 'no'
        ? declineChange(decided, draft.reason.trim())
        : acceptChange(decided, { taken, seen: now, planId }),
    )
    if (done) clear()
    return done
  }
  return {
    ...{ draft, saving, isDraft, decide },
    isMissing: tried && isMissing,
    set: (fields: Partial<Draft>) => setDraft({ ...draft, ...fields }),
    leave: () => {
      clear()
      setTried(false)
    },
  }
}
