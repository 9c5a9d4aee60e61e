import { Trans } from '@lingui/react/macro'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { NotSavedYet } from '#features/parts/save-note.tsx'

const away: readonly string[] = ['offline', 'unreachable', 'needs-network']

/** Why nothing was saved, in the service’s own words: it knows what is missing. */
export function CarerFailure({ failure }: Readonly<{ failure: unknown }>) {
  if (!failure) return null
  return (
    <NotSavedYet>
      {failure instanceof FhirError && away.includes(failure.kind) ? (
        <Trans>This needs an internet connection. What you wrote is kept. Try again later.</Trans>
      ) : failure instanceof FhirError ? (
        failure.message
      ) : (
        <Trans>What you wrote is kept on this device. Please try again.</Trans>
      )}
    </NotSavedYet>
  )
}
