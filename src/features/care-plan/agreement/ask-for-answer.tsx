import { Trans } from '@lingui/react/macro'
import { Link } from 'react-router'
import type { HouseView } from '#features/care-plan/use-house.ts'
import { LinkButton } from '#ui/layout/link-button.tsx'

/** The ways to the answer of somebody who does not sign in. */
export function AskForAnswer({ view: { house, root } }: { view: HouseView }) {
  if (!house.plan || house.died) return null
  return (
    <div className="gable-ask">
      <LinkButton to={`${root}/turned`}>
        <Trans>Turn the screen to {house.givenName}</Trans>
      </LinkButton>
      <Link to={`${root}/to-sign`}>
        <Trans>On paper</Trans>
      </Link>
      <Link to={`${root}/record-answer`}>
        <Trans>Record an answer</Trans>
      </Link>
    </div>
  )
}
