import { Trans } from '@lingui/react/macro'
import { AlreadyDecided } from '#client/queries/care-plan/suggestions.ts'

/** Why a decision about a suggestion was not saved. */
export function SuggestionFailure({ error }: { error: Error | null }) {
  if (!error) return null
  return (
    <p role="alert" className="assess-failed">
      {error instanceof AlreadyDecided ? (
        <Trans>Someone else has already decided about this. Nothing was changed.</Trans>
      ) : (
        <Trans>This was not saved. Try again.</Trans>
      )}
    </p>
  )
}
