import { Trans, useLingui } from '@lingui/react/macro'
import { useSession } from '#client/session/session.ts'
import { isStaff } from '#domain/access/actor.ts'
import { SubNav } from '#ui/layout/sub-nav.tsx'

/** The pages of Find people. A manager sees no list of people. */
export function FindNav() {
  const { t } = useLingui()
  const role = useSession(({ actor }) => actor?.role)
  const isProfessional = useSession(({ actor }) => actor !== undefined && isStaff(actor))
  const links = [
    { to: '/find/population', text: <Trans>Our population</Trans> },
    { to: '/find/roster', text: <Trans>Registered list</Trans> },
    ...(role === 'manager' ? [] : [{ to: '/find', text: <Trans>The list</Trans>, end: true }]),
    { to: '/find/rules', text: <Trans>Rules</Trans> },
    ...(isProfessional
      ? [
          { to: '/find/in-hospital', text: <Trans>In hospital</Trans> },
          { to: '/find/referrals', text: <Trans>Referrals to us</Trans> },
        ]
      : []),
    { to: '/find/gaps', text: <Trans>What is due</Trans> },
    { to: '/find/feeds', text: <Trans>Cost and activity</Trans> },
    { to: '/find/programmes', text: <Trans>Programmes</Trans> },
  ]
  return <SubNav label={t`Find people`} links={links} />
}
