import { Trans } from '@lingui/react/macro'

/** Why a record was opened in an emergency; an unknown code means another reason. */
export function BreakGlassReasonText({ code }: { code: string | undefined }) {
  if (code === 'emergency') return <Trans>A medical emergency</Trans>
  if (code === 'cannot-speak') return <Trans>The person could not speak for themselves</Trans>
  if (code === 'safeguarding') return <Trans>Someone had to be protected from harm</Trans>
  return <Trans>Another reason</Trans>
}
