import { type Hunk, hunksBetween, wordsOf } from './word-changes.ts'

type Side = 'mine' | 'theirs'
type OfSide = Readonly<{ side: Side; hunk: Hunk }>

/** In order; `undefined` if both changed one range, or two that touch. */
function inOrder(mine: readonly Hunk[], theirs: readonly Hunk[]): readonly Hunk[] | undefined {
  const of = (side: Side, hunks: readonly Hunk[]) => hunks.map((hunk): OfSide => ({ side, hunk }))
  const all = [...of('mine', mine), ...of('theirs', theirs)].toSorted(
    (one, other) => one.hunk.from - other.hunk.from,
  )
  const end = { mine: -2, theirs: -2 }
  for (const { side, hunk } of all) {
    // at least one word has to be between: “2 tablets” must not become a number of one and a word of the other
    if (hunk.from <= end[side === 'mine' ? 'theirs' : 'mine'] + 1) return undefined
    end[side] = hunk.to
  }
  return all.map(({ hunk }) => hunk)
}

/**
 * Two new versions of one text merged, word by word; undefined if both changed the same range (or ranges that touch: a
 * person then has to say which word comes first).
 */
export function mergeWords(base: string, mine: string, theirs: string): string | undefined {
  const old = wordsOf(base)
  const ours = hunksBetween(old, wordsOf(mine))
  const known = new Set(ours.map((hunk) => JSON.stringify(hunk)))
  const others = hunksBetween(old, wordsOf(theirs)).filter(
    (hunk) => !known.has(JSON.stringify(hunk)),
  )
  const hunks = inOrder(ours, others)
  if (!hunks) return undefined
  const result: string[] = []
  let at = 0
  for (const { from, to, words } of hunks) {
    result.push(...old.slice(at, from), ...words)
    at = to
  }
  return [...result, ...old.slice(at)].join('')
}
