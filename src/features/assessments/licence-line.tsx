import { Trans } from '@lingui/react/macro'
import type { Form } from '#domain/assessment/form.ts'

/** Under what terms an instrument stands here, and whether its text still waits for sign-off. */
export function LicenceLine({ form }: { form: Form }) {
  return (
    <>
      {form.pendingSignOff && (
        <p className="assess-pending">
          <Trans>
            Pending clinical safety sign-off: try it and talk about it, do not decide by it alone.
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
