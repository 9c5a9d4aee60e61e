import { i18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { followReader, useLanguage } from '#client/session/language.ts'
import { type Language, languages } from '#domain/language/languages.ts'
import { speakIn } from '#features/parts/language/speaker.ts'

/** Messages are compiled at runtime; English needs no catalogue. */
export function activateI18n(): void {
  i18n.setMessagesCompiler(compileMessage)
  i18n.loadAndActivate({ locale: 'en', locales: ['en-GB'], messages: {} })
}

/** The page speaks the language of whoever reads it. Resolves when it does; returns how to stop. */
export async function followLanguage(): Promise<() => void> {
  const stopReader = followReader()
  const stop = useLanguage.subscribe(({ language }) => void speak(language))
  await speak(useLanguage.getState().language)
  return () => {
    stopReader()
    stop()
  }
}

/** Without its catalogue (offline, before it was ever loaded) a language cannot be spoken: the page stays as it is. */
async function speak(language: Language): Promise<void> {
  if (language === i18n.locale) return
  try {
    await speakIn(i18n, language, () => useLanguage.getState().language === language)
  } catch {
    return
  }
  const { documentElement: page } = document
  page.lang = i18n.locale
  page.dir = languages[i18n.locale as Language].direction
}
