import { describe, expect, test } from 'vitest'
import { catalogue } from '#features/parts/language/catalogue.ts'
import { conditionWords } from './condition-words.ts'
import { medicineWords } from './medicine-words.ts'
import { resultWords } from './result-words.ts'

const phrases = [
  ...[...Object.values(conditionWords), ...Object.values(resultWords)].flatMap(
    ({ words, means }) => (means ? [words, means] : [words]),
  ),
  ...Object.values(medicineWords),
]

describe('The glossary of plain words', () => {
  test.each(['cy', 'pl', 'ur'] as const)('has every phrase in %s', async (language) => {
    const messages = await catalogue(language)
    expect(phrases.length).toBeGreaterThan(150)
    for (const { id, message } of phrases) {
      expect(messages[id], message).toBeTruthy()
      expect(messages[id], 'still English').not.toEqual([message])
    }
  })
})
