import { join } from 'node:path'
import type { defineConfig } from '@lingui/cli'
import { generateMessageId } from '@lingui/message-utils/generateMessageId'
import { englishPhrases } from '../../src/domain/plan/document/plan-phrases.ts'

/** The one table of the phrases of a written plan: plain functions, since the server reads them unbuilt. */
export const planPhrasesFile = 'src/domain/plan/document/plan-phrases.ts'

/** What is filled in stands for itself: `{name}`. */
const named = (phrase: (...given: readonly string[]) => string) => {
  const [, parameters = ''] = /^\(([^)]*)\)/.exec(phrase.toString()) ?? []
  return phrase(...parameters.split(',').map((each) => `{${each.trim()}}`))
}

function messagesIn(phrases: unknown): readonly string[] {
  if (typeof phrases === 'string') return [phrases]
  if (typeof phrases === 'function') return [named(phrases as Parameters<typeof named>[0])]
  return Object.entries(phrases as object).flatMap(([key, each]) => (key === 'language' ? [] : messagesIn(each)))
}

type Extractor = Exclude<NonNullable<Parameters<typeof defineConfig>[0]['extractors']>[number], string>

export const planPhrasesExtractor: Extractor = {
  match: (file) => join(file).endsWith(planPhrasesFile),
  extract(file, _code, onMessageExtracted) {
    for (const message of new Set(messagesIn(englishPhrases)))
      onMessageExtracted({ id: generateMessageId(message), message, origin: [file, 1] })
  },
}
