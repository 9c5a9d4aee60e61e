import { Trans } from '@lingui/react/macro'

/** Something on the page of waiting changes did not go through: it is still there. */
export function NotDone() {
  return (
    <p role="alert">
      <Trans>That did not work. Nothing is lost. Please try again.</Trans>
    </p>
  )
}
