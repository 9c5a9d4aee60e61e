import { Trans } from '@lingui/react/macro'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { NotSavedYet } from '#features/parts/save-note.tsx'

/** Why it was not done, in the words of the service if it has any. What was typed stays. */
export function RefusedWords({ failure }: Readonly<{ failure: unknown }>) {
  if (!failure) return null
  const isRefused = failure instanceof FhirError && [400, 403, 409, 422].includes(failure.status)
  return (
    <NotSavedYet>
      {isRefused ? (
        <>{failure.message}.</>
      ) : (
        <Trans>
          We could not reach the service. What you wrote is kept on this device. Try again.
        </Trans>
      )}
    </NotSavedYet>
  )
}
