import { type I18n, setupI18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { type Language, languages } from '#domain/language/languages.ts'
import { catalogue } from './catalogue.ts'
import { datesIn } from './dates-in.ts'

const always = () => true

/** Makes these messages speak the language, if it is still wanted when its catalogue is there. */
export async function speakIn(i18n: I18n, language: Language, isWanted = always): Promise<void> {
  const messages = await catalogue(language)
  if (isWanted()) startToSpeak(i18n, language, messages)
}

function startToSpeak(
  i18n: I18n,
  language: Language,
  messages: Awaited<ReturnType<typeof catalogue>>,
) {
  i18n.setMessagesCompiler(compileMessage)
  datesIn(i18n, language)
  i18n.loadAndActivate({
    locale: language,
    locales: [languages[language].locale, 'en-GB'],
    messages,
  })
}

/** Messages in English, whatever the page speaks. */
export const englishSpeaker: I18n = setupI18n()
startToSpeak(englishSpeaker, 'en', {})

const speakers = new Map<Language, Promise<I18n>>()

/** Messages in this language, for a part of a page; in English where the language cannot be loaded. */
export function speakerOf(language: Language): Promise<I18n> {
  const known = speakers.get(language)
  if (known) return known
  const i18n = setupI18n()
  const speaker = speakIn(i18n, language).then(
    () => i18n,
    () => {
      speakers.delete(language)
      return englishSpeaker
    },
  )
  speakers.set(language, speaker)
  return speaker
}
