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

/** A text beside its older self, in stretches to be drawn: what stayed, what is new, what went. */
export function wordChanges(before: string, after: string): readonly Stretch[] {
  const old = wordsOf(before)
  const stretches: Stretch[] = []
  let at = 0
  for (const hunk of hunksBetween(old, wordsOf(after))) {
    stretches.push({ kind: 'same', text: old.slice(at, hunk.from).join('') })
    stretches.push({ kind: 'removed', text: old.slice(hunk.from, hunk.to).join('') })
    stretches.push({ kind: 'added', text: hunk.words.join('') })
    at = hunk.to
  }
  stretches.push({ kind: 'same', text: old.slice(at).join('') })
  return stretches.filter((stretch) => stretch.text !== '')
}
