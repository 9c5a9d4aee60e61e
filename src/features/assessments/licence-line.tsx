import { Trans } from '@lingui/react/macro'
import type { Form } from '#domain/assessment/form.ts'

/** The licence of an instrument, and whether its text still waits for sign-off. */
export function LicenceLine({ form }: { form: Form }) {
  return (
    <>
      {form.pendingSignOff && (
        <p className="assess-pending">
          <Trans>
            Not yet approved by clinical safety. Try it out, but do not base decisions on it alone.
          </Trans>
        </p>
      )}
      {form.licence && (
        <p className="assess-meta">
          {form.licence} <Trans>Version {form.version}.</Trans>
        </p>
      )}
    </>
  )
}
