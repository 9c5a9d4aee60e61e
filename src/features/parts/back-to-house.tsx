import { Trans } from '@lingui/react/macro'
import { Link } from 'react-router'
import './back-to-house.css'

/** The way from a person’s or carer’s page to the plan. */
export function BackToHouse({ isOwn = false }: { isOwn?: boolean }) {
  return (
    <p>
      <Link className="back-to-house" to="/my">
        {isOwn ? <Trans>Back to my house</Trans> : <Trans>Back to the house</Trans>}
      </Link>
    </p>
  )
}
