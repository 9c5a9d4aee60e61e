import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { chooseLanguage } from '#client/session/language.ts'
import type { Language } from '#domain/language/languages.ts'
import { conditionWords } from '#features/parts/record/condition-words.ts'
import { medicineWords } from '#features/parts/record/medicine-words.ts'
import { resultWords } from '#features/parts/record/result-words.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'
import { followLanguage } from './i18n.ts'

let app: OpenApp
beforeAll(async () => {
  app = await openApp()
})
afterAll(async () => await app.close())

async function openIn(language: Language, path: string, identity: string): Promise<void> {
  const stop = await followLanguage()
  onTestFinished(() => {
    chooseLanguage('en')
    stop()
  })
  await app.open(path, identity)
  chooseLanguage(language)
  await expect.poll(() => document.documentElement.lang, { timeout: 10_000 }).toBe(language)
  await app.settled()
}

/** What the page says in its own language: not what is marked as English, nor what is only for the eyes of nobody. */
function ownTexts(): readonly string[] {
  const found: string[] = []
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const { parentElement: parent, textContent: text } = node
    if (parent?.closest('[lang="en"], style, script, title') || !text?.trim()) continue
    found.push(text.trim())
  }
  return found
}

describe('The record of a person', () => {
  const glossary = [
    ...[...Object.values(conditionWords), ...Object.values(resultWords)].flatMap(
      ({ words, means }) => [words.message, means?.message],
    ),
    ...Object.values(medicineWords).map(({ message }) => message),
  ].flatMap((each) => each ?? [])

  test.each(['cy', 'pl', 'ur'] as const)(
    'shows no English phrase of ours in %s',
    async (language) => {
      await openIn(language, '/my/record', 'grace')
      const texts = ownTexts()
      expect(texts.length).toBeGreaterThan(50)
      expect(texts.filter((text) => glossary.some((each) => text.includes(each)))).toEqual([])
    },
  )
})
