import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { chooseLanguage, useLanguage } from '#client/session/language.ts'
import { isUnreviewed, type Language } from '#domain/language/languages.ts'
import { Button } from '#ui/layout/button.tsx'
import { InEnglish } from './in-language.tsx'
import './language.scss'

/** On every page in a translation that nobody has reviewed: it says so in both languages, and leads back to English. */
export function TranslationMark() {
  const language = useLanguage((state) => state.language)
  if (!isUnreviewed(language)) return null
  return (
    <aside className="translation-mark">
      <UnreviewedNote language={language}>
        {' '}
        <Button variant="link" onClick={() => chooseLanguage('en')}>
          <span lang="en" dir="ltr">
            Read in English
          </span>
        </Button>
      </UnreviewedNote>
    </aside>
  )
}

/** The same on paper: inside what is written in that language. */
export function UnreviewedNote({
  language,
  children,
}: Readonly<{ language: Language; children?: ReactNode }>) {
  if (!isUnreviewed(language)) return null
  return (
    <p className="translation-note">
      <span aria-hidden="true">▲ </span>
      <NotReviewed />{' '}
      <InEnglish>
        <NotReviewed />
      </InEnglish>
      {children}
    </p>
  )
}

function NotReviewed() {
  return <Trans>This translation has not been reviewed yet.</Trans>
}
