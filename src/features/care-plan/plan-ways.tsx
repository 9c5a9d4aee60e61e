import { Trans } from '@lingui/react/macro'
import { useSession } from '#client/session/session.ts'
import { isStaff } from '#domain/access/actor.ts'
import { LinkButton } from '#ui/layout/link-button.tsx'
import type { HouseView } from './use-house.ts'

/** The other forms of the plan: in its heading, or, on a phone, after the house. */
export function PlanWays({ view: { house, root } }: { view: HouseView }) {
  const mayRefer = useSession(({ actor }) => actor !== undefined && isStaff(actor))
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
      {mayRefer ? (
        <LinkButton variant="link" to="/services">
          <Trans>Services we can refer to</Trans>
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
