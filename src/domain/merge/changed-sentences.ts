import type { ChangedSpan } from './word-changes.ts'

/** Where a text that stayed ends a line or a sentence. */
const afterSentence = /\n|(?<=[.!?])(?:[^\S\n]+|$)/
const line = /\n/

type Sentence = readonly ChangedSpan[]

/** Of a text beside its older version, only the sentences and lines in which something changed. */
export function changedSentences(spans: readonly ChangedSpan[]): readonly Sentence[] {
  const sentences: ChangedSpan[][] = [[]]
  for (const span of spans) {
    const [first, ...others] = partsOf(span)
    if (first) sentences.at(-1)?.push(first)
    sentences.push(...others.map((each) => [each]))
  }
  return sentences.filter((parts) => parts.some(isChange))
}

const partsOf = ({ text, kind }: ChangedSpan): Sentence =>
  text.split(kind === 'same' ? afterSentence : line).map((part) => ({ kind, text: part }))

const isChange = ({ kind, text }: ChangedSpan) => kind !== 'same' && text.trim() !== ''
