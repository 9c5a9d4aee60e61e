import type { Messages } from '@lingui/core'
import { type Language, languages } from '#domain/language/languages.ts'
import { isolatedMessages } from './isolated-messages.ts'

const files: Readonly<Record<Exclude<Language, 'en'>, () => Promise<{ messages: Messages }>>> = {
  cy: () => import('./words/cy.po'),
  pl: () => import('./words/pl.po'),
  ur: () => import('./words/ur.po'),
}

const loaded = new Map<Language, Promise<Messages>>([['en', Promise.resolve({})]])

/** The messages of a language, loaded once, when somebody wants to read it. English needs none: it is the source. */
export function catalogue(language: Language): Promise<Messages> {
  const known = loaded.get(language)
  if (known) return known
  const load = messagesOf(language)
  loaded.set(language, load)
  // offline, perhaps: it is asked for again
  load.catch(() => loaded.delete(language))
  return load
}

async function messagesOf(language: Language): Promise<Messages> {
  if (language === 'en') return {}
  const { messages } = await files[language]()
  return languages[language].direction === 'rtl' ? isolatedMessages(messages) : messages
}
