import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { wordChanges } from '#domain/merge/word-changes.ts'
import { ChangedText } from './changed-text.tsx'

/** What is read on the screen: without what only a screen reader says. */
function shown(before: string, after: string): string {
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  const markup = renderToStaticMarkup(
    <I18nProvider i18n={i18n}>
      <ChangedText spans={wordChanges(before, after)} />
    </I18nProvider>,
  )
  return markup
    .replaceAll(/<span class="nhsuk-u-visually-hidden">.*?<\/span>/g, '')
    .replaceAll(/<[^>]+>/g, '')
    .trim()
}

test('New words stand before a comma without a space', () => {
  const before = 'I want to walk to church on a Sunday, with someone beside me.'
  const after = 'I want to walk to church on a Sunday or a feast day, with someone beside me.'
  expect(shown(before, after)).toBe(after)
})

test('Removed and new words do not run into each other', () => {
  const text = shown('Ring the surgery in the morning.', 'Ring the nurse in the morning.')
  expect(text).toBe('Ring the surgery nurse in the morning.')
})
