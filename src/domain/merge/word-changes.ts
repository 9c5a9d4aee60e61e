import { diffArrays } from 'diff'

/** Words (a time or a dose such as 9.30 is one), spaces and punctuation, so that joining gives the text back. */
export function wordsOf(text: string): readonly string[] {
  return text.match(/\s+|[\p{L}\p{N}]\S*[\p{L}\p{N}]|\S/gu) ?? []
}

/** A range of the old words (from, to: half open) that was replaced by new ones. */
export type Hunk = Readonly<{ from: number; to: number; words: readonly string[] }>
type Words = readonly string[]

/** Comparing stops after so many changed words: a screen must not freeze, however long the text. */
const mostChanges = 400

type Change = Readonly<{ count: number; added: boolean; removed: boolean }>
const compared = (before: Words, after: Words, most = mostChanges): readonly Change[] | undefined =>
  diffArrays([...before], [...after], { maxEditLength: most })

/** Words up to the end of a sentence or line. */
function sentencesOf(words: Words): readonly Words[] {
  const sentences: string[][] = [[]]
  for (const word of words) {
    sentences.at(-1)?.push(word)
    if (/^[.!?\n]/.test(word)) sentences.push([])
  }
  return sentences
}

/** If too many words changed: whole sentences, and in the end the text as a whole. */
function comparedBySentence(before: Words, after: Words): readonly Change[] {
  const [old, fresh] = [sentencesOf(before), sentencesOf(after)]
  const texts = (sentences: readonly Words[]) => sentences.map((each) => each.join(''))
  const changes = compared(texts(old), texts(fresh))
  if (!changes)
    return [
      { count: before.length, added: false, removed: true },
      { count: after.length, added: true, removed: false },
    ]
  return inWords(changes, old, fresh)
}

/** Changes of sentences, counted in words. */
function inWords(
  changes: readonly Change[],
  old: readonly Words[],
  fresh: readonly Words[],
): readonly Change[] {
  let [gone, come] = [0, 0]
  return changes.map(({ count, added, removed }) => {
    const sentences = added ? fresh.slice(come, come + count) : old.slice(gone, gone + count)
    if (!added) gone += count
    if (!removed) come += count
    return { count: sentences.flat().length, added, removed }
  })
}

/**
 * The changes from the old words to the new ones, in order: in as few changed words as possible, or, if very many
 * changed, by whole sentences.
 */
export function hunksBetween(before: Words, after: Words): readonly Hunk[] {
  return hunksOf(compared(before, after) ?? comparedBySentence(before, after), after)
}

/** Texts with more words than this, together, are compared sentence by sentence, one step at a time. */
const mostAtOnce = 1200
/** How many changed words one step looks for at most in a long part: it takes a few milliseconds. */
const mostInStep = 200

/** The same in steps: the sentences that both texts have are found first, and the words only between these. */
function* hunksInSteps(before: Words, after: Words): Generator<void, readonly Hunk[]> {
  if (before.length + after.length <= mostAtOnce) return hunksBetween(before, after)
  yield
  const parts = partsBetween(sentencesOf(before), sentencesOf(after))
  yield
  const hunks: Hunk[] = []
  for (const { from, to, next, end } of parts) {
    const [old, fresh] = [before.slice(from, to), after.slice(next, end)]
    const most = old.length + fresh.length > mostAtOnce ? mostInStep : mostChanges
    const found = compared(old, fresh, most)
    for (const each of found ? hunksOf(found, fresh) : [{ from: 0, to: old.length, words: fresh }])
      hunks.push({ from: from + each.from, to: from + each.to, words: each.words })
    yield
  }
  return hunks
}

/** The parts between sentences that both texts have once, in the same order: half open ranges of words. */
function partsBetween(old: readonly Words[], fresh: readonly Words[]): readonly Phrase[] {
  const [starts, begins] = [startsOf(old), startsOf(fresh)]
  const parts: Phrase[] = []
  let [from, next] = [0, 0]
  const close = (to: number, end: number) => {
    if (to > from || end > next) parts.push({ from, to, next, end })
  }
  for (const [one, other] of longestRising(commonOnce(old, fresh))) {
    close(starts[one] ?? 0, begins[other] ?? 0)
    from = starts[one + 1] ?? 0
    next = begins[other + 1] ?? 0
  }
  close(starts.at(-1) ?? 0, begins.at(-1) ?? 0)
  return parts
}

/** At which word each sentence starts, and where the last one ends. */
function startsOf(sentences: readonly Words[]): readonly number[] {
  const starts = [0]
  for (const { length } of sentences) starts.push((starts.at(-1) ?? 0) + length)
  return starts
}

type Pair = readonly [old: number, fresh: number]

/** Sentences that are in both texts once each, in the order of the old one. */
function commonOnce(old: readonly Words[], fresh: readonly Words[]): readonly Pair[] {
  const placesIn = (sentences: readonly Words[]) =>
    Map.groupBy(sentences.keys(), (at) => (sentences[at] ?? []).join('').trim())
  const others = placesIn(fresh)
  return [...placesIn(old)].flatMap(([text, places]) => {
    const [one, more] = places
    const [other, further] = others.get(text) ?? []
    const isOnce = more === undefined && further === undefined && text !== ''
    return isOnce && one !== undefined && other !== undefined ? [[one, other] as const] : []
  })
}

/** The longest run of pairs that rises in the new text too: what was moved is not among them. */
function longestRising(pairs: readonly Pair[]): readonly Pair[] {
  const ends: number[] = []
  const previous: (number | undefined)[] = []
  for (const [at, [, place]] of pairs.entries()) {
    const found = ends.findIndex((end) => (pairs[end]?.[1] ?? 0) > place)
    const length = found < 0 ? ends.length : found
    previous[at] = ends[length - 1]
    ends[length] = at
  }
  const run: Pair[] = []
  for (let at = ends.at(-1); at !== undefined; at = previous[at]) {
    const pair = pairs[at]
    if (pair) run.push(pair)
  }
  return run.reverse()
}

function hunksOf(changes: readonly Change[], after: Words): readonly Hunk[] {
  const hunks: Hunk[] = []
  let [from, next] = [0, 0]
  let [to, end] = [0, 0]
  const close = () => {
    if (to > from || end > next) hunks.push({ from, to, words: after.slice(next, end) })
  }
  for (const { count, added, removed } of changes) {
    if (added) end += count
    else if (removed) to += count
    else {
      close()
      ;[from, next] = [to + count, end + count]
      ;[to, end] = [from, next]
    }
  }
  close()
  return hunks
}

export type ChangedSpan = Readonly<{ text: string; kind: 'same' | 'added' | 'removed' }>

/** If fewer words than these are between two changes, they belong to one changed phrase. */
const fewestBetween = 3
/** If less of a text than this stays, old and new are easier to read one after the other. */
const leastInCommon = 0.35

const isWord = (word: string) => /[\p{L}\p{N}]/u.test(word)
const countWords = (words: Words) => words.filter(isWord).length

/** A changed phrase: half open ranges of the old and of the new words. */
type Phrase = Readonly<{ from: number; to: number; next: number; end: number }>

/** A changed punctuation mark includes its word: a comma alone is easily overlooked. */
function withItsWord(phrase: Phrase, old: Words, fresh: Words): Phrase {
  const changed = [...old.slice(phrase.from, phrase.to), ...fresh.slice(phrase.next, phrase.end)]
  const before = old[phrase.from - 1]
  if (changed.some(isWord) || before === undefined || before.trim() === '') return phrase
  return { ...phrase, from: phrase.from - 1, next: phrase.next - 1 }
}

/** A common end is no change: most often the space after it. */
function withoutSameEnd(phrase: Phrase, old: Words, fresh: Words): Phrase {
  let { to, end } = phrase
  while (to > phrase.from && end > phrase.next && old[to - 1] === fresh[end - 1]) {
    to -= 1
    end -= 1
  }
  return { ...phrase, to, end }
}

function phrasesOf(hunks: readonly Hunk[], old: Words, fresh: Words): readonly Phrase[] {
  const phrases: Phrase[] = []
  let gone = 0
  let come = 0
  for (const { from, to, words } of hunks) {
    const next = from - gone + come
    gone += to - from
    come += words.length
    const phrase = withItsWord({ from, to, next, end: next + words.length }, old, fresh)
    const last = phrases.at(-1)
    const between = last && countWords(old.slice(last.to, phrase.from))
    if (last && between !== undefined && between < fewestBetween)
      phrases.splice(-1, 1, { ...last, to: phrase.to, end: phrase.end })
    else phrases.push(phrase)
  }
  return phrases.map((each) => withoutSameEnd(each, old, fresh))
}

/**
 * A text beside its older version, in ranges to be drawn: what stayed, what was removed and what is new, by whole
 * phrases. Removed text comes before its replacement.
 */
export function wordChanges(before: string, after: string): readonly ChangedSpan[] {
  const steps = wordChangesInSteps(before, after)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** The same, a few milliseconds at a time: a screen stays free, however long the texts. */
export function* wordChangesInSteps(
  before: string,
  after: string,
): Generator<void, readonly ChangedSpan[]> {
  const old = wordsOf(before)
  const fresh = wordsOf(after)
  const whole = [
    { kind: 'removed' as const, text: before },
    { kind: 'added' as const, text: after },
  ]
  const hunks = yield* hunksInSteps(old, fresh)
  const spans: ChangedSpan[] = []
  let at = 0
  let unchanged = 0
  for (const { from, to, next, end } of phrasesOf(hunks, old, fresh)) {
    unchanged += countWords(old.slice(at, from))
    spans.push({ kind: 'same', text: old.slice(at, from).join('') })
    spans.push({ kind: 'removed', text: old.slice(from, to).join('') })
    spans.push({ kind: 'added', text: fresh.slice(next, end).join('') })
    at = to
  }
  unchanged += countWords(old.slice(at))
  spans.push({ kind: 'same', text: old.slice(at).join('') })
  const isAnother = unchanged < leastInCommon * Math.min(countWords(old), countWords(fresh))
  return (isAnother ? whole : spans).filter((span) => span.text !== '')
}
