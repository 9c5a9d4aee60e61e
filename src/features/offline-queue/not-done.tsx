import { Trans } from '@lingui/react/macro'

/** An action on the page of waiting changes failed: the change is still there. */
export function NotDone() {
  return (
    <p role="alert">
      <Trans>That did not work. Nothing is lost. Please try again.</Trans>
    </p>
  )
}
