import { Trans } from '@lingui/react/macro'

export function SkipLink() {
  return (
    <a className="nhsuk-skip-link" href="#content">
      <Trans>Skip to main content</Trans>
    </a>
  )
}
