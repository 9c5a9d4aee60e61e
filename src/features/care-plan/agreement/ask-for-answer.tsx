import { Trans } from '@lingui/react/macro'
import type { HouseView } from '#features/care-plan/use-house.ts'
import { LinkButton } from '#ui/layout/link-button.tsx'

/** How to get the answer of somebody who does not sign in. */
export function AskForAnswer({ view: { house, root } }: { view: HouseView }) {
  if (!house.plan || house.died) return null
  return (
    <LinkButton to={`${root}/turned`}>
      <Trans>Turn the screen to {house.givenName}</Trans>
    </LinkButton>
  )
}
