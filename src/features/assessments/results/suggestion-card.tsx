import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import {
  AlreadyDecided,
  acceptSuggestion,
  dismissSuggestion,
} from '#client/queries/care-plan/suggestions.ts'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import type { Suggestion } from '#domain/suggestion/suggestion.ts'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Quote } from '#ui/text/quote.tsx'

type Props = Readonly<{ suggestion: Suggestion; person: string }>

/** One suggestion and its decision. Nothing is decided automatically. */
export function SuggestionCard({ suggestion, person }: Props) {
  const restrictionOf = useRestrictions()
  const isOwnWords = suggestion.code === 'own-words' || suggestion.code === 'worry'
  return (
    <li className="assess-suggestion">
      <p className="assess-meta">
        {suggestion.kind === 'goal' ? <Trans>Suggested goal</Trans> : <Trans>Suggested need</Trans>}
      </p>
      {isOwnWords ? (
        <Quote size="row">{suggestion.words}</Quote>
      ) : (
        <p className="assess-suggestion-words">{suggestion.words}</p>
      )}
      <RestrictedMark restriction={restrictionOf(`Task/${suggestion.id}`)} />
      <Standing suggestion={suggestion} person={person} />
    </li>
  )
}

function Standing({ suggestion, person }: Props) {
  if (suggestion.state === 'accepted')
    return (
      <StateMark state="agreed">
        {suggestion.kind === 'goal' ? (
          <Trans>Accepted: it is a goal now</Trans>
        ) : (
          <Trans>Accepted: it is a need now</Trans>
        )}
      </StateMark>
    )
  if (suggestion.state === 'dismissed')
    return (
      <StateMark state="missing">
        <Trans>Dismissed: {suggestion.reason}</Trans>
      </StateMark>
    )
  return <Deciding suggestion={suggestion} person={person} />
}

function Deciding({ suggestion, person }: Props) {
  const { t } = useLingui()
  const [isDismissing, setDismissing] = useState(false)
  const [reason, setReason] = useState('')
  const [wasTried, setWasTried] = useState(false)
  const accept = useMutation({ mutationFn: () => acceptSuggestion(suggestion, person) })
  const dismiss = useMutation({ mutationFn: () => dismissSuggestion(suggestion, reason.trim()) })
  const onDismiss = () => {
    setWasTried(true)
    if (reason.trim()) dismiss.mutate()
  }
  const failure = accept.error ?? dismiss.error
  return (
    <>
      {failure && (
        <p role="alert" className="assess-failed">
          {failure instanceof AlreadyDecided ? (
            <Trans>Someone else has already decided about this. Nothing was changed.</Trans>
          ) : (
            <Trans>This was not saved. Try again.</Trans>
          )}
        </p>
      )}
      {isDismissing && (
        <TextField
          label={t`Why not?`}
          hint={t`The reason is saved with the suggestion.`}
          name={`why-not-${suggestion.id}`}
          value={reason}
          onChange={setReason}
          {...(wasTried && !reason.trim() ? { error: t`Enter why you are dismissing it` } : {})}
        />
      )}
      <div className="assess-actions">
        {isDismissing ? (
          <>
            <Button pending={dismiss.isPending} onClick={onDismiss}>
              <Trans>Dismiss with this reason</Trans>
            </Button>
            <Button variant="link" onClick={() => setDismissing(false)}>
              <Trans>Keep it open</Trans>
            </Button>
          </>
        ) : (
          <>
            <Button pending={accept.isPending} onClick={() => accept.mutate()}>
              {suggestion.kind === 'goal' ? (
                <Trans>Make it a goal</Trans>
              ) : (
                <Trans>Make it a need</Trans>
              )}
            </Button>
            <Button variant="outline" onClick={() => setDismissing(true)}>
              <Trans>Dismiss</Trans>
            </Button>
          </>
        )}
      </div>
    </>
  )
}
