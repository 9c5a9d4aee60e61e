import { Trans } from '@lingui/react/macro'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { NotSavedYet } from '#features/parts/save-note.tsx'

/** Why it was not done, in the words of the service if it has any. What was typed stays. */
export function RefusedWords({ failure }: Readonly<{ failure: unknown }>) {
  if (!failure) return null
  const status = failure instanceof FhirError ? failure.status : 0
  if (status === 412)
    return (
      <NotSavedYet>
        <Trans>
          This was changed on another screen meanwhile. What you wrote is kept on this device.
        </Trans>
      </NotSavedYet>
    )
  // the service answered: it was reached
  const isRefused = status >= 400 && status < 500 && status !== 401
  return (
    <NotSavedYet>
      {isRefused && failure instanceof FhirError ? (
        <>{failure.message}.</>
      ) : (
        <Trans>
          We could not reach the service. What you wrote is kept on this device. Try again.
        </Trans>
      )}
    </NotSavedYet>
  )
}
