import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { sidesQuery } from '#client/session/sides.ts'

/** The ways to the carers of the person, and to what somebody needs as a carer. */
export function CaringLinks({ isCarer }: Readonly<{ isCarer: boolean }>) {
  const { data: sides = [] } = useQuery(sidesQuery())
  const isBoth = sides.length > 1
  return (
    <>
      {isCarer ? null : (
        <li>
          <Link to="/my/carers">
            <Trans>Who helps me</Trans>
          </Link>
        </li>
      )}
      {isCarer ? null : (
        <li>
          <Link to="/my/care-needs">
            <Trans>Help with daily life</Trans>
          </Link>
        </li>
      )}
      <li>
        <Link to="/my/support-plan">
          <Trans>Support plan</Trans>
        </Link>
      </li>
      <li>
        <Link to="/my/talk">
          <Trans>Talk in private</Trans>
        </Link>
      </li>
      {isCarer || isBoth ? (
        <li>
          <Link to="/my/caring">
            {isCarer ? (
              <Trans>Your own plan and needs</Trans>
            ) : (
              <Trans>What I need as a carer</Trans>
            )}
          </Link>
        </li>
      ) : null}
    </>
  )
}
