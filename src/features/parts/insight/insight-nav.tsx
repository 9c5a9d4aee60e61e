import { Trans, useLingui } from '@lingui/react/macro'
import { useSession } from '#client/session/session.ts'
import { SubNav } from '#ui/layout/sub-nav.tsx'

/** The pages of Insight. What suggestions and rules became is for managers and administrators. */
export function InsightNav() {
  const { t } = useLingui()
  const role = useSession(({ actor }) => actor?.role)
  const links = [
    { to: '/insight', text: <Trans>How we are doing</Trans>, end: true },
    { to: '/insight/tried', text: <Trans>What we tried</Trans> },
    { to: '/find/population', text: <Trans>Who we reach</Trans> },
    { to: '/insight/evaluation', text: <Trans>Did it help?</Trans> },
    { to: '/insight/unmet', text: <Trans>Needs nobody can meet</Trans> },
    ...(role === 'manager' || role === 'admin'
      ? [
          { to: '/insight/agreement', text: <Trans>Our agreement</Trans> },
          { to: '/insight/work', text: <Trans>Cases and suggestions</Trans> },
        ]
      : []),
  ]
  return <SubNav label={t`Insight`} links={links} />
}
