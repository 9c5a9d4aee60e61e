/** Words (a time or a dose such as 9.30 is one), spaces and marks, so that joining gives the text back. */
export function wordsOf(text: string): readonly string[] {
  return text.match(/\s+|[\p{L}\p{N}]\S*[\p{L}\p{N}]|\S/gu) ?? []
}

/** A stretch of the old words (from, to: half open) that was replaced by new ones. */
export type Hunk = Readonly<{ from: number; to: number; words: readonly string[] }>
type Words = readonly string[]

/** How many words the old text from word i and the new one from word j have in common, in order. */
function wordsInCommon(before: Words, after: Words): (i: number, j: number) => number {
  const width = after.length + 1
  const counts = new Uint16Array((before.length + 1) * width)
  const count = (i: number, j: number) => counts[i * width + j] ?? 0
  const columns = [...after.entries()].toReversed()
  for (const [i, old] of [...before.entries()].toReversed()) {
    for (const [j, word] of columns) {
      const longest = Math.max(count(i + 1, j), count(i, j + 1))
      counts[i * width + j] = old === word ? count(i + 1, j + 1) + 1 : longest
    }
  }
  return count
}

/** The words that stay, as places in the old and in the new text. */
function wordsThatStay(before: Words, after: Words): readonly (readonly [number, number])[] {
  const count = wordsInCommon(before, after)
  const staying: [number, number][] = []
  let next = 0
  for (const [i, word] of before.entries()) {
    const stays = after[next] === word || count(i + 1, next) < count(i, next)
    if (!stays) continue
    const at = after.indexOf(word, next)
    staying.push([i, at])
    next = at + 1
  }
  return staying
}

/** What turns the old words into the new ones, in order, in as few changed words as possible. */
export function hunksBetween(before: Words, after: Words): readonly Hunk[] {
  const hunks: Hunk[] = []
  let from = 0
  let next = 0
  for (const [to, end] of [...wordsThatStay(before, after), [before.length, after.length]]) {
    if (to > from || end > next) hunks.push({ from, to, words: after.slice(next, end) })
    from = to + 1
    next = end + 1
  }
  return hunks
}

export type Stretch = Readonly<{ text: string; kind: 'same' | 'added' | 'removed' }>

/** Fewer words than these between two changes belong to one changed phrase. */
const fewestBetween = 3
/** Where less of a text than this stays, old and new are read better one after the other. */
const leastInCommon = 0.35
/** As many pairs of words as a screen can compare without a wait. */
const mostPairs = 2_000_000

const isWord = (word: string) => /[\p{L}\p{N}]/u.test(word)
const countWords = (words: Words) => words.filter(isWord).length

/** A changed phrase: half open stretches of the old and of the new words. */
type Phrase = Readonly<{ from: number; to: number; next: number; end: number }>

/** A mark that changed takes the word it hangs on along: a comma alone is easily overlooked. */
function withItsWord(phrase: Phrase, old: Words, fresh: Words): Phrase {
  const changed = [...old.slice(phrase.from, phrase.to), ...fresh.slice(phrase.next, phrase.end)]
  const before = old[phrase.from - 1]
  if (changed.some(isWord) || before === undefined || before.trim() === '') return phrase
  return { ...phrase, from: phrase.from - 1, next: phrase.next - 1 }
}

/** What both end with is no change: most often the space after it. */
function withoutSameEnd(phrase: Phrase, old: Words, fresh: Words): Phrase {
  let { to, end } = phrase
  while (to > phrase.from && end > phrase.next && old[to - 1] === fresh[end - 1]) {
    to -= 1
    end -= 1
  }
  return { ...phrase, to, end }
}

function phrasesBetween(old: Words, fresh: Words): readonly Phrase[] {
  const phrases: Phrase[] = []
  let gone = 0
  let come = 0
  for (const { from, to, words } of hunksBetween(old, fresh)) {
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
 * A text beside its older self, in stretches to be drawn: what stayed, what went and what is new, by whole phrases. What
 * went stands before what came in its place.
 */
export function wordChanges(before: string, after: string): readonly Stretch[] {
  const old = wordsOf(before)
  const fresh = wordsOf(after)
  const whole = [
    { kind: 'removed' as const, text: before },
    { kind: 'added' as const, text: after },
  ]
  if (old.length * fresh.length > mostPairs && before !== after) return whole
  const stretches: Stretch[] = []
  let at = 0
  let kept = 0
  for (const { from, to, next, end } of phrasesBetween(old, fresh)) {
    kept += countWords(old.slice(at, from))
    stretches.push({ kind: 'same', text: old.slice(at, from).join('') })
    stretches.push({ kind: 'removed', text: old.slice(from, to).join('') })
    stretches.push({ kind: 'added', text: fresh.slice(next, end).join('') })
    at = to
  }
  kept += countWords(old.slice(at))
  stretches.push({ kind: 'same', text: old.slice(at).join('') })
  const isAnother = kept < leastInCommon * Math.min(countWords(old), countWords(fresh))
  return (isAnother ? whole : stretches).filter((stretch) => stretch.text !== '')
}
