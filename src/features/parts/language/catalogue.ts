import type { Messages } from '@lingui/core'
import type { Language } from '#domain/language/languages.ts'

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
  const load =
    language === 'en' ? Promise.resolve({}) : files[language]().then(({ messages }) => messages)
  loaded.set(language, load)
  // offline, perhaps: it is asked for again
  load.catch(() => loaded.delete(language))
  return load
}
