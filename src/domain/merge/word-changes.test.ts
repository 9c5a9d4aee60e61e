import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changedSentences } from './changed-sentences.ts'
import { hunksBetween, wordChanges, wordChangesInSteps, wordsOf } from './word-changes.ts'
import { mergeWords } from './word-merge.ts'

test.each([
  ['', []],
  ['a', ['a']],
  ['Grace is 92', ['Grace', ' ', 'is', ' ', '92']],
  ['at 9.30, or 10', ['at', ' ', '9.30', ',', ' ', 'or', ' ', '10']],
  ['well-known (O’Brien’s)', ['well-known', ' ', '(', 'O’Brien’s', ')']],
  ['two  spaces\n\nand lines', ['two', '  ', 'spaces', '\n\n', 'and', ' ', 'lines']],
  ['été 5 mg/día – ß', ['été', ' ', '5', ' ', 'mg/día', ' ', '–', ' ', 'ß']],
  ['?! 👵', ['?', '!', ' ', '👵']],
])('%j is split into words, spaces and punctuation', (text, words) => {
  expect(wordsOf(text)).toEqual(words)
})

test.each([
  ['nothing changed', 'a b', 'a b', []],
  ['nothing at all', '', '', []],
  ['everything is new', '', 'a b', [{ from: 0, to: 0, words: ['a', ' ', 'b'] }]],
  ['everything is gone', 'a b', '', [{ from: 0, to: 3, words: [] }]],
  ['the first word', 'a b', 'x b', [{ from: 0, to: 1, words: ['x'] }]],
  ['the last word', 'a b', 'a x', [{ from: 2, to: 3, words: ['x'] }]],
  ['a word between', 'a b', 'a x b', [{ from: 2, to: 2, words: ['x', ' '] }]],
  [
    'two places',
    'a b c d',
    'x b c',
    [
      { from: 0, to: 1, words: ['x'] },
      { from: 5, to: 7, words: [] },
    ],
  ],
])('%s: the spans that were replaced', (_title, before, after, hunks) => {
  expect(hunksBetween(wordsOf(before), wordsOf(after))).toEqual(hunks)
})

/** Tries everything to find the largest number of words that both have in the same order. */
function mostInCommon([word, ...rest]: readonly string[], other: readonly string[]): number {
  if (word === undefined) return 0
  const at = other.indexOf(word)
  const without = mostInCommon(rest, other)
  return at < 0 ? without : Math.max(without, 1 + mostInCommon(rest, other.slice(at + 1)))
}

const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 8 })

test('the replaced spans turn the old text into the new one, with as few words as possible', () => {
  const holds = (before: readonly string[], after: readonly string[]) => {
    const hunks = hunksBetween(before, after)
    const made = [...before]
    for (const { from, to, words } of hunks.toReversed()) made.splice(from, to - from, ...words)
    expect(made).toEqual(after)
    const gone = hunks.reduce((sum, { from, to }) => sum + to - from, 0)
    expect(before.length - gone).toBe(mostInCommon(before, after))
  }
  fc.assert(fc.property(words, words, holds), { seed: 3, numRuns: 300 })
})

const same = (text: string) => ({ kind: 'same', text })
const removed = (text: string) => ({ kind: 'removed', text })
const added = (text: string) => ({ kind: 'added', text })

test.each([
  ['nothing', '', '', []],
  ['nothing changed', 'as it was', 'as it was', [same('as it was')]],
  ['everything is new', '', 'To walk', [added('To walk')]],
  ['everything is gone', 'To walk', '', [removed('To walk')]],
  ['words at the end', 'a b', 'a b or so c', [same('a b'), added(' or so c')]],
  ['words at the beginning', 'or so a b', 'a b', [removed('or so '), same('a b')]],
  [
    'changes with few words between them are one phrase',
    'Every Sunday I want to walk to church with my sister.',
    'Every Sunday I want to go to mass with my sister.',
    [
      same('Every Sunday I want to '),
      removed('walk to church'),
      added('go to mass'),
      same(' with my sister.'),
    ],
  ],
  [
    'changes far apart stand alone',
    'On Monday we ring the parish and ask for a lift to church',
    'On Friday we ring the parish and ask for a lift to town',
    [
      same('On '),
      removed('Monday'),
      added('Friday'),
      same(' we ring the parish and ask for a lift to '),
      removed('church'),
      added('town'),
    ],
  ],
  [
    'a changed punctuation mark includes its word',
    'I want to sleep until seven, then get up early',
    'I want to sleep until seven then get up early',
    [same('I want to sleep until '), removed('seven,'), added('seven'), same(' then get up early')],
  ],
  [
    'texts with little in common are shown one after the other',
    'I want to walk to church on a Sunday',
    'Lose five kilograms of weight by the summer, to be fit',
    [
      removed('I want to walk to church on a Sunday'),
      added('Lose five kilograms of weight by the summer, to be fit'),
    ],
  ],
  [
    'line breaks are kept',
    'My garden\nMy cat and dog',
    'My garden\nMy cat and dog\nhttps://example.org/a/b',
    [same('My garden\nMy cat and dog'), added('\nhttps://example.org/a/b')],
  ],
])('the changes between two versions of a text: %s', (_title, before, after, spans) => {
  expect(wordChanges(before, after)).toEqual(spans)
})

test('unchanged and removed parts make the old text, unchanged and added the new one, and no word is cut', () => {
  const text = fc.array(
    fc.constantFrom('I ', 'want ', 'to ', 'walk', ', ', '\n', 'on ', 'Sunday. '),
    {
      maxLength: 14,
    },
  )
  const holds = (one: readonly string[], other: readonly string[]) => {
    const [before, after] = [one.join(''), other.join('')]
    const spans = wordChanges(before, after)
    const left = (without: string) =>
      spans
        .filter((each) => each.kind !== without)
        .map((each) => each.text)
        .join('')
    expect([left('added'), left('removed')]).toEqual([before, after])
    const words = (texts: readonly string[]) => texts.flatMap(wordsOf)
    const kept = spans.filter((each) => each.kind !== 'added').map((each) => each.text)
    expect(words(kept)).toEqual(wordsOf(before))
  }
  fc.assert(fc.property(text, text, holds), { seed: 5, numRuns: 300 })
})

const numbered = (count: number, word = 'w') =>
  Array.from({ length: count }, (_, at) => `${word}${at}${at % 10 === 9 ? '.' : ''}`).join(' ')

test('a change in a long text is found where it is', () => {
  const long = numbered(5000)
  expect(wordChanges(long, `x ${long}`)).toEqual([added('x '), same(long)])
})

test('where hundreds of words changed whole sentences are compared, and finally the whole text', () => {
  const [before, after] = [numbered(700), numbered(700, 'v')]
  const [old, fresh] = [`First. ${before} Last.`, `First. ${after} Last.`].map(wordsOf)
  expect(hunksBetween(old ?? [], fresh ?? [])).toEqual([
    { from: 2, to: (old?.length ?? 0) - 3, words: fresh?.slice(2, -3) },
  ])
  const [many, others] = [numbered(6000), numbered(6000, 'v')].map(wordsOf)
  expect(hunksBetween(many ?? [], others ?? [])).toEqual([
    { from: 0, to: many?.length, words: others },
  ])
})

test('comparing eight times as many words takes less than sixteen times as long', () => {
  const timeOf = (words: number) => {
    const [before, after] = [numbered(words), numbered(words, 'v')]
    const times = [1, 2, 3].map(() => {
      const start = performance.now()
      mergeWords(before, after, `${before} and more`)
      wordChanges(before, after)
      return performance.now() - start
    })
    return Math.min(...times)
  }
  timeOf(500)
  expect(timeOf(8000) / timeOf(1000)).toBeLessThan(16)
})

const sentences = (count: number, changed: (at: number) => boolean) =>
  Array.from({ length: count }, (_, at) =>
    changed(at) ? `On day ${at} Grace walks to the gate.` : `On day ${at} Grace walks to church.`,
  ).join(' ')

test('a long text is compared in short steps, and every change is found in its own sentence', () => {
  const [before, after] = [sentences(700, () => false), sentences(700, (at) => at % 7 === 3)]
  const steps = wordChangesInSteps(before, after)
  let count = 0
  let last = steps.next()
  for (; !last.done; last = steps.next()) count += 1
  expect(count).toBeGreaterThan(100)
  const spans = last.value ?? []
  expect(spans.filter(({ kind }) => kind === 'removed').map(({ text }) => text)).toEqual(
    Array.from({ length: 100 }, () => 'church'),
  )
  const left = (without: string) =>
    spans.flatMap(({ kind, text }) => (kind === without ? [] : text)).join('')
  expect([left('added'), left('removed')]).toEqual([before, after])
})

test('sentences that were moved or repeated in a long text lose no word', () => {
  const parts = Array.from({ length: 250 }, (_, at) => `Sentence ${at % 40} is here to stay.`)
  const before = parts.join(' ')
  const after = [...parts.slice(100), 'Something new.', ...parts.slice(0, 100)].join(' ')
  const spans = wordChanges(before, after)
  const left = (without: string) =>
    spans.flatMap(({ kind, text }) => (kind === without ? [] : text)).join('')
  expect([left('added'), left('removed')]).toEqual([before, after])
})

test('of a long text only the changed sentences are shown, and of one that is the same none', () => {
  const before =
    'Amber: short of breath\nSit up. Use the blue inhaler. Ring Amina\nRed: blue lips\nRing 999'
  const after =
    'Amber: short of breath\nSit up. Use the green inhaler. Ring Amina\nRed: blue lips\nRing 999\nNow'
  const shown = (one: string, other: string) =>
    changedSentences(wordChanges(one, other)).map((spans) =>
      spans.flatMap(({ text, kind }) => (kind === 'removed' ? [] : text)).join(''),
    )
  expect(shown(before, after)).toEqual(['Use the green inhaler.', 'Now'])
  expect(shown(before, before)).toEqual([])
  expect(shown('', '')).toEqual([])
  expect(shown('', 'Ring Tom.')).toEqual(['Ring Tom.'])
  expect(shown('Ring Tom.', '')).toEqual([''])
})
