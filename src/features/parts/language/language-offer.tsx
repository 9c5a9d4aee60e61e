import { chooseLanguage, useLanguage } from '#client/session/language.ts'
import { languageOf, languages } from '#domain/language/languages.ts'
import { Button } from '#ui/layout/button.tsx'
import { InLanguage } from './in-language.tsx'
import { OfferWords } from './offer-words.tsx'

/** Until somebody has chosen: the language that the record says they prefer, in that language. */
export function LanguageOffer({ preferred }: Readonly<{ preferred: string | undefined }>) {
  const { language, isChosen } = useLanguage()
  const offered = languageOf(preferred)
  if (!offered || offered === language || isChosen) return null
  return (
    <InLanguage language={offered} className="language-offer">
      <p>
        <OfferWords />{' '}
        <Button onClick={() => chooseLanguage(offered)} variant="outline">
          {languages[offered].name}
        </Button>
      </p>
    </InLanguage>
  )
}
