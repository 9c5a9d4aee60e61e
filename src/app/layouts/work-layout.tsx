import { Trans, useLingui } from '@lingui/react/macro'
import { NavLink, Outlet, useMatch } from 'react-router'
import { SignOutEverywhere } from '#app/account/sign-out-everywhere.tsx'
import { SignedInUser } from '#app/account/signed-in-user.tsx'
import { homeRouteFor } from '#app/home-route.ts'
import { hasRouteAccess } from '#app/route-access.ts'
import { useSession } from '#client/session/session.ts'
import type { Actor } from '#domain/access/actor.ts'
import { PeopleSearch } from '#features/people-search/people-search.tsx'
import { useCurrentInView } from '#ui/layout/use-current-in-view.ts'
import { Brand } from './brand.tsx'
import { PageArea } from './page-area.tsx'
import { PrintFoot } from './print-foot.tsx'
import { SkipLink } from './skip-link.tsx'
import { StatusBanners } from './status-banners.tsx'

/** The frame of the pages for staff. */
export function WorkLayout() {
  const { t } = useLingui()
  const { actor } = useSession()
  const nav = useCurrentInView()
  const onPerson = useMatch('/people/:person/*')
  if (!actor) return null
  return (
    <>
      <SkipLink />
      <PrintFoot />
      <header className="gable-header">
        <div className="gable-header__inner">
          <Brand to={homeRouteFor(actor)} />
          <nav ref={nav} className="gable-nav" aria-label={t`Main`}>
            <ul>
              {linksFor(actor).map(({ to, text }) => (
                <li key={to}>
                  <NavLink to={to}>{text}</NavLink>
                </li>
              ))}
            </ul>
          </nav>
          {hasRouteAccess(actor, '/find') ? <PeopleSearch /> : null}
          <SignedInUser />
        </div>
      </header>
      <StatusBanners />
      {onPerson ? <Outlet /> : <PageArea />}
      <footer className="gable-footer">
        <p>
          <Trans>
            Gable explains. A person decides. Gable is not a medical device. It is free and open
            source.
          </Trans>
        </p>
        <SignOutEverywhere />
      </footer>
    </>
  )
}

function linksFor(actor: Actor) {
  const opens = (path: string) => hasRouteAccess(actor, path)
  return [
    { to: '/today', text: <Trans>Today</Trans>, shown: opens('/today') },
    { to: '/find', text: <Trans>Find people</Trans>, shown: opens('/find') },
    {
      to: '/find/population',
      text: <Trans>Find people</Trans>,
      shown: !opens('/find') && opens('/find/population'),
    },
    { to: '/caseload', text: <Trans>Caseload</Trans>, shown: opens('/caseload') },
    { to: '/tasks', text: <Trans>Tasks</Trans>, shown: opens('/tasks') },
    { to: '/meetings', text: <Trans>Meetings</Trans>, shown: opens('/meetings') },
    { to: '/diary', text: <Trans>Diary</Trans>, shown: opens('/diary') },
    { to: '/messages', text: <Trans>Messages</Trans>, shown: opens('/messages') },
    // the others find it on their tasks, and where they refer somebody
    {
      to: '/services',
      text: <Trans>Services</Trans>,
      shown: opens('/services') && !opens('/tasks'),
    },
    {
      to: '/social-care',
      text: <Trans>Social care</Trans>,
      shown: actor.role === 'social-worker',
    },
    { to: '/insight', text: <Trans>Insight</Trans>, shown: opens('/insight') },
    {
      to: '/import',
      text: <Trans>Import</Trans>,
      shown: actor.role === 'admin' || actor.role === 'nurse-case-manager',
    },
    { to: '/backup', text: <Trans>Backup</Trans>, shown: actor.role === 'admin' },
    { to: '/duplicates', text: <Trans>Duplicates</Trans>, shown: actor.role === 'admin' },
    {
      to: '/hospital-messages',
      text: <Trans>Messages</Trans>,
      shown: actor.role === 'admin',
    },
    {
      to: '/organisations',
      text: <Trans>Organisations</Trans>,
      shown: actor.role === 'admin' || actor.role === 'manager',
    },
    { to: '/questionnaires', text: <Trans>Questionnaires</Trans>, shown: actor.role === 'admin' },
  ].filter((link) => link.shown)
}
