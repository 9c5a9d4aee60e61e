import { Trans } from '@lingui/react/macro'
import { LinkButton } from '#ui/layout/link-button.tsx'
import type { HouseView } from './use-house.ts'

/** The other forms of the plan: in its heading, or, on a phone, after the house. */
export function PlanWays({ view: { house, root } }: { view: HouseView }) {
  return (
    <>
      {house.plan ? (
        <LinkButton variant="link" to={`${root}/before`}>
          <Trans>As it stood on another day</Trans>
        </LinkButton>
      ) : null}
      {house.plan ? (
        <LinkButton variant="link" to={`${root}/compare`}>
          <Trans>What has changed</Trans>
        </LinkButton>
      ) : null}
      <LinkButton variant="link" to={`${root}/easy-read`}>
        <Trans>Easy read</Trans>
      </LinkButton>
      <LinkButton variant="link" to={`${root}/paper`}>
        <Trans>The whole plan on paper</Trans>
      </LinkButton>
    </>
  )
}
