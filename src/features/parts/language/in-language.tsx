import type { I18n } from '@lingui/core'
import { I18nProvider, useLingui } from '@lingui/react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { type Language, languages } from '#domain/language/languages.ts'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import './language.scss'
import { englishSpeaker, speakerOf } from './speaker.ts'

type Part = Readonly<{ language: Language; children: ReactNode; className?: string }>

/** A part of a page that speaks another language than the rest of it: what staff print or show for a person. */
export function InLanguage(props: Part) {
  if (props.language === 'en') return <Speaking i18n={englishSpeaker} {...props} />
  return <Loaded {...props} />
}

function Loaded(props: Part) {
  const { data } = useQuery({
    queryKey: ['language', props.language],
    queryFn: () => speakerOf(props.language),
    networkMode: 'always',
  })
  return data ? <Speaking i18n={data} {...props} /> : <Skeleton lines={8} />
}

/** It may speak English because the language could not be loaded, and says so to a screen reader. */
function Speaking({ i18n, children, className }: Part & Readonly<{ i18n: I18n }>) {
  const spoken = i18n.locale as Language
  return (
    <div lang={spoken} dir={languages[spoken].direction} className={className}>
      <I18nProvider i18n={i18n}>{children}</I18nProvider>
    </div>
  )
}

/** The English of what is inside, on a page in any language. */
export function InEnglish({ children }: Readonly<{ children: ReactNode }>) {
  return (
    <span lang="en" dir="ltr">
      <I18nProvider i18n={englishSpeaker}>{children}</I18nProvider>
    </span>
  )
}

/**
 * What must not be misunderstood (what to do when it is very bad): on a page in another language, the English original stands
 * below the translation.
 */
export function WithEnglish({ children }: Readonly<{ children: ReactNode }>) {
  const { i18n } = useLingui()
  if (i18n.locale === 'en') return children
  return (
    <>
      {children}{' '}
      <small className="with-english">
        <InEnglish>{children}</InEnglish>
      </small>
    </>
  )
}
