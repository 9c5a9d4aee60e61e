import { Trans } from '@lingui/react/macro'
import { LinkButton } from '#ui/layout/link-button.tsx'

/** From the plan to its past. */
export function ToEarlierVersions({ root }: Readonly<{ root: string }>) {
  return (
    <>
      <LinkButton variant="link" to={`${root}/before`}>
        <Trans>As it stood on another day</Trans>
      </LinkButton>
      <LinkButton variant="link" to={`${root}/compare`}>
        <Trans>What has changed</Trans>
      </LinkButton>
    </>
  )
}
