import { Trans } from '@lingui/react/macro'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { Notice } from '#ui/feedback/notice.tsx'

/** Why something was not saved, in the words of the service. What was typed is still there. */
export function StepProblem({ failure }: { failure: unknown }) {
  if (!failure) return null
  const isRule = failure instanceof FhirError && [400, 403, 404, 409, 422].includes(failure.status)
  return (
    <Notice tone="danger" title={<Trans>Not saved</Trans>}>
      <p>
        {isRule ? (
          <>{(failure as FhirError).message}.</>
        ) : (
          <Trans>We could not save this. What you wrote is kept on this device. Try again.</Trans>
        )}
      </p>
    </Notice>
  )
}
