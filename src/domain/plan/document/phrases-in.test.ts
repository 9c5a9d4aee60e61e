import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { phrasesIn, translationNotes } from './phrases-in.ts'
import { englishPhrases } from './plan-phrases.ts'
import { writtenDay } from './written-day.ts'

/** Each text, and what each function writes. */
const textsIn = (phrases: unknown): readonly string[] => {
  if (typeof phrases === 'string') return [phrases]
  if (typeof phrases === 'function') return [String(phrases('Zara 1', 'Zara 2'))]
  return Object.entries(phrases as object)
    .filter(([key]) => key !== 'language')
    .flatMap(([, each]) => textsIn(each))
}

describe('A written plan', () => {
  test.each(['cy', 'pl', 'ur'] as const)(
    'has every phrase in %s, and says that nobody reviewed them',
    (language) => {
      const english = textsIn(englishPhrases)
      const texts = textsIn(phrasesIn(language))
      expect(texts).toHaveLength(english.length)
      const same = texts.filter((text, at) => text === english[at])
      expect(same.filter((text) => !['Red', 'Stop'].includes(text))).toEqual([])
      texts.forEach((text, at) => {
        for (const name of ['Zara 1', 'Zara 2'])
          expect(text.includes(name), text).toBe(english[at]?.includes(name))
      })
      const [own, inEnglish] = translationNotes(language)
      expect(inEnglish).toBe('This translation has not been reviewed yet.')
      expect(own).not.toBe(inEnglish)
    },
  )

  test('keeps the English of a colour beside its translation, and a name apart in Urdu', () => {
    expect(phrasesIn('pl').levels.red).toMatch(/.+ \(Red\)$/)
    expect(phrasesIn('ur').saidYes('Grace')).toContain('\u2068Grace\u2069')
    expect(phrasesIn('en')).toBe(englishPhrases)
    expect(translationNotes('en')).toEqual([])
  })

  test.each([
    ['1934-01-04', 'en', '4 January 1934'],
    ['1934-01', 'en', 'January 1934'],
    ['1934', 'pl', '1934'],
    ['1934-01-04', 'pl', '4 stycznia 1934'],
    ['1934-01-04', 'cy', '4 Ionawr 1934'],
    ['2026-11', 'cy', 'Tachwedd 2026'],
    ['1934-01-04', 'ur', '4 جنوری، 1934'],
  ] as const)('writes the day %s in %s as %s', (at, language, words) => {
    expect(writtenDay(at, 'Europe/London', language)).toBe(words)
  })

  test('writes Welsh days in Welsh also in a browser that knows no Welsh dates', () => {
    const known = vi.spyOn(Intl.DateTimeFormat, 'supportedLocalesOf')
    known.mockImplementation(() => [])
    onTestFinished(() => known.mockRestore())
    for (const [at, words] of [
      ['1934-01-04', '4 Ionawr 1934'],
      ['2026-11-03T14:05:00Z', '3 Tachwedd 2026'],
      ['2026-05', 'Mai 2026'],
      ['2026', '2026'],
    ] as const)
      expect(writtenDay(at, 'Europe/London', 'cy')).toBe(words)
  })
})
