import { Trans } from '@lingui/react/macro'
import { useEffect } from 'react'
import { MySides } from '#app/account/my-sides.tsx'
import { SignOutEverywhere } from '#app/account/sign-out-everywhere.tsx'
import { SignedInUser } from '#app/account/signed-in-user.tsx'
import { useSession } from '#client/session/session.ts'
import { useTextSize } from '#client/session/text-size.ts'
import { TranslationMark } from '#features/parts/language/translation-mark.tsx'
import { ReadAloudLink } from '#features/parts/read-aloud/read-aloud-link.tsx'
import { Brand } from './brand.tsx'
import { PageArea } from './page-area.tsx'
import { PrintFoot } from './print-foot.tsx'
import { SkipLink } from './skip-link.tsx'
import { StatusBanners } from './status-banners.tsx'

/** The frame of the person's and the carer's own pages: large text, one idea at a time. */
export function MyLayout() {
  useLargeText()
  const own = useSession(({ actor }) => (actor?.role === 'person' ? actor.name : undefined))
  return (
    <div className="gable-my">
      <SkipLink />
      <PrintFoot whose={own} />
      <header className="gable-header">
        <div className="gable-header__inner">
          <Brand to="/my" />
          <MySides />
          <ReadAloudLink />
          <SignedInUser />
        </div>
      </header>
      <StatusBanners />
      <TranslationMark />
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

/** Every size on these pages follows that of the root, on paper too. */
function useLargeText(): void {
  const isLarge = useTextSize(({ value }) => value === 'large')
  useEffect(() => {
    const { classList } = document.documentElement
    classList.toggle('gable-large', isLarge)
    return () => classList.remove('gable-large')
  }, [isLarge])
}
