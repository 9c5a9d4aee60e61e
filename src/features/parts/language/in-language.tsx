import { I18nProvider } from '@lingui/react'
import { type ReactNode, Suspense, use } from 'react'
import { type Language, languages } from '#domain/language/languages.ts'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { englishSpeaker, speakerOf } from './speaker.ts'

type Part = Readonly<{ language: Language; children: ReactNode; className?: string }>

/** A part of a page that speaks another language than the rest of it: what staff print or show for a person. */
export function InLanguage(props: Part) {
  return (
    <Suspense fallback={<Skeleton lines={8} />}>
      <Spoken {...props} />
    </Suspense>
  )
}

function Spoken({ language, children, className }: Part) {
  const i18n = use(speakerOf(language))
  const spoken = i18n === englishSpeaker ? 'en' : language
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
