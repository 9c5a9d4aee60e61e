import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { dismissSuggestion } from '#client/queries/care-plan/suggestions.ts'
import { type DismissalKind, dismissalKinds } from '#domain/suggestion/fhir.ts'
import type { Suggestion } from '#domain/suggestion/suggestion.ts'
import { Radios } from '#ui/forms/radios.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { SuggestionFailure } from './suggestion-failure.tsx'
import { useSuggestionLabels } from './suggestion-labels.ts'

/** A reason that is one of the few needs no more words. */
const usualWords = (
  kind: DismissalKind | undefined,
  reasons: Readonly<Record<DismissalKind, string>>,
) => (kind && kind !== 'other' ? reasons[kind] : '')

type Props = Readonly<{
  suggestion: Suggestion
  ensure: () => Promise<Suggestion>
  onKeep: () => void
}>

const longest = 2000

/** Why a suggestion is dismissed: one of a few reasons, and words. It does not come again for the same finding. */
export function DismissSuggestion({ suggestion, ensure, onKeep }: Props) {
  const { t } = useLingui()
  const { reasons } = useSuggestionLabels()
  const [kind, setKind] = useState<DismissalKind | undefined>()
  const [words, setWords, clear] = useDraft(`why-not:${suggestion.id}`, '')
  const [wasTried, setWasTried] = useState(false)
  const said = words.trim() || usualWords(kind, reasons)
  const isTooLong = words.length > longest
  const dismiss = useMutation({
    mutationFn: async () => {
      if (kind) await dismissSuggestion(await ensure(), { kind, words: said })
    },
    onSuccess: clear,
  })
  const onDismiss = () => {
    setWasTried(true)
    if (kind && said && !isTooLong) dismiss.mutate()
  }
  const isEmpty = wasTried && kind === 'other' && !said
  const wordsError = isTooLong
    ? t`Write 2,000 characters or fewer`
    : isEmpty && t`Enter why you are dismissing it`
  return (
    <>
      <SuggestionFailure error={dismiss.error} />
      <Radios
        legend={t`Why not?`}
        hint={t`It will not come again for the same answers.`}
        name={`why-not-${suggestion.id}`}
        value={kind ?? ''}
        small
        onChange={(value) => setKind(dismissalKinds.find((each) => each === value))}
        options={dismissalKinds.map((each) => ({ value: each, label: reasons[each] }))}
        {...(wasTried && !kind ? { error: t`Choose a reason` } : {})}
      />
      <TextField
        label={kind === 'other' ? t`In your words` : t`In your words (optional)`}
        name={`why-not-words-${suggestion.id}`}
        value={words}
        onChange={setWords}
        {...(wordsError ? { error: wordsError } : {})}
      />
      <div className="assess-actions">
        <Button
          pending={dismiss.isPending}
          aria-label={t`Dismiss it: ${suggestion.words}`}
          onClick={onDismiss}
        >
          <Trans>Dismiss it</Trans>
        </Button>
        <Button variant="link" onClick={onKeep}>
          <Trans>Keep it open</Trans>
        </Button>
      </div>
    </>
  )
}
