import { Trans } from '@lingui/react/macro'
import { SignOutEverywhere } from '#app/account/sign-out-everywhere.tsx'
import { SignedInUser } from '#app/account/signed-in-user.tsx'
import { Brand } from './brand.tsx'
import { PageArea } from './page-area.tsx'
import { ReadAloudLink } from './read-aloud-link.tsx'
import { SkipLink } from './skip-link.tsx'
import { StatusBanners } from './status-banners.tsx'

/** The frame of the person's and the carer's own pages: large text, one idea at a time. */
export function MyLayout() {
  return (
    <div className="gable-my">
      <SkipLink />
      <header className="gable-header">
        <div className="gable-header__inner">
          <Brand to="/my" />
          <ReadAloudLink />
          <SignedInUser />
        </div>
      </header>
      <StatusBanners />
      <PageArea />
      <footer className="gable-footer">
        <p>
          <Trans>If you feel unwell, call 111. In an emergency, call 999.</Trans>
        </p>
        <SignOutEverywhere />
      </footer>
    </div>
  )
}
