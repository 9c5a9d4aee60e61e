import { Trans, useLingui } from '@lingui/react/macro'
import { useSession } from '#client/session/session.ts'
import { SubNav } from '#ui/layout/sub-nav.tsx'

/** The pages of Find people. A manager sees no list of people. */
export function FindNav() {
  const { t } = useLingui()
  const role = useSession(({ actor }) => actor?.role)
  const links = [
    { to: '/find/population', text: <Trans>Our population</Trans> },
    ...(role === 'manager' ? [] : [{ to: '/find', text: <Trans>The list</Trans>, end: true }]),
  ]
  return <SubNav label={t`Find people`} links={links} />
}
