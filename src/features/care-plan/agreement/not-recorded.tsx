import { Trans } from '@lingui/react/macro'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { NotSavedYet } from '#features/parts/save-note.tsx'

/** In the service’s own words: it knows what is missing. */
export function NotRecorded({ failure }: Readonly<{ failure: unknown }>) {
  if (!failure) return null
  const isAway =
    failure instanceof FhirError &&
    ['offline', 'unreachable', 'needs-network'].includes(failure.kind)
  return (
    <NotSavedYet>
      {isAway ? (
        <Trans>
          This needs an internet connection. What you wrote is kept. Try again when you are
          connected.
        </Trans>
      ) : failure instanceof FhirError ? (
        failure.message
      ) : (
        <Trans>Try again.</Trans>
      )}
    </NotSavedYet>
  )
}
