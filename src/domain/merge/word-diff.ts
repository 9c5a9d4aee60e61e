/** Words (a time or a dose such as 9.30 is one), spaces and marks, so that joining gives the text back. */
export function wordsOf(text: string): readonly string[] {
  return text.match(/\s+|[\p{L}\p{N}](?:[^\s]*[\p{L}\p{N}])?|[^\s]/gu) ?? []
}

/** A stretch of the old words (from, to: half open) that was replaced by new ones. */
export type Hunk = Readonly<{ from: number; to: number; words: readonly string[] }>

/** Longest-common-subsequence lengths of the tails of both lists. */
function tailLengths(before: readonly string[], after: readonly string[]): Uint16Array[] {
  const rows: Uint16Array[] = [new Uint16Array(after.length + 1)]
  for (const word of before.toReversed()) rows.unshift(rowAbove(word, after, rows[0]))
  return rows
}

function rowAbove(
  word: string,
  after: readonly string[],
  below: Uint16Array = new Uint16Array(),
): Uint16Array {
  const row = new Uint16Array(after.length + 1)
  for (let j = after.length - 1; j >= 0; j--) {
    const matched = (below[j + 1] ?? 0) + 1
    row[j] = after[j] === word ? matched : Math.max(below[j] ?? 0, row[j + 1] ?? 0)
  }
  return row
}

/** What turns the old words into the new ones, in order, in as few changed words as possible. */
export function hunksBetween(before: readonly string[], after: readonly string[]): readonly Hunk[] {
  const lengths = tailLengths(before, after)
  const hunks: { from: number; to: number; words: string[] }[] = []
  let i = 0
  let j = 0
  let running: { from: number; to: number; words: string[] } | undefined
  const stands = () => i < before.length && j < after.length && before[i] === after[j]
  const drops = () =>
    j >= after.length ||
    (i < before.length && (lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0))
  while (i < before.length || j < after.length) {
    if (stands()) {
      running = undefined
      i++
      j++
      continue
    }
    if (!running) {
      running = { from: i, to: i, words: [] }
      hunks.push(running)
    }
    if (drops()) running.to = ++i
    else running.words.push(after[j++] ?? '')
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
