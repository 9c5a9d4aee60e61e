import { useLingui } from '@lingui/react/macro'
import { chooseLanguage, useLanguage } from '#client/session/language.ts'
import { type Language, languages, offeredLanguages } from '#domain/language/languages.ts'
import './language.scss'

type Choice = Readonly<{ language: Language; onChoose: (language: Language) => void }>

/** The languages of the page, each by the name its speakers use. */
export function LanguageChoice() {
  const language = useLanguage((state) => state.language)
  return <LanguageButtons language={language} onChoose={chooseLanguage} />
}

/** The languages of something on the page. */
export function LanguageButtons({ language, onChoose }: Choice) {
  const { t } = useLingui()
  if (offeredLanguages.length < 2) return null
  return (
    <section className="language-choice" aria-label={t`Language`}>
      <ul>
        {offeredLanguages.map((each) => (
          <li key={each}>
            <LanguageButton
              language={each}
              isCurrent={each === language}
              onChoose={() => onChoose(each)}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

type One = Readonly<{ language: Language; isCurrent: boolean; onChoose: () => void }>

function LanguageButton({ language, isCurrent, onChoose }: One) {
  const { name, direction } = languages[language]
  return (
    <button
      type="button"
      className="language-choice__one"
      lang={language}
      dir={direction}
      aria-pressed={isCurrent}
      onClick={onChoose}
    >
      {isCurrent ? <span aria-hidden="true">✓ </span> : null}
      {name}
    </button>
  )
}
