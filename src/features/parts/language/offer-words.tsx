import { Trans } from '@lingui/react/macro'

export function OfferWords() {
  return <Trans>You can read this page in your language.</Trans>
}
