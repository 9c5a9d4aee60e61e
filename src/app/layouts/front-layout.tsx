import { Outlet } from 'react-router'
import { LanguageChoice } from '#features/parts/language/language-choice.tsx'
import { TranslationMark } from '#features/parts/language/translation-mark.tsx'
import { Brand } from './brand.tsx'
import { StatusBanners } from './status-banners.tsx'

/** The frame of pages before sign-in. */
export function FrontLayout() {
  return (
    <>
      <header className="gable-header">
        <div className="gable-header__inner">
          <Brand to="/sign-in" />
          <LanguageChoice />
        </div>
      </header>
      <StatusBanners />
      <TranslationMark />
      <main className="gable-main" id="content">
        <Outlet />
      </main>
    </>
  )
}
