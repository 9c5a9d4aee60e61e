import { type Hunk, hunksBetween, wordsOf } from './word-changes.ts'

const sides = ['mine', 'theirs'] as const
type Side = (typeof sides)[number]
type OfSide = Readonly<{ side: Side | 'both'; hunk: Hunk }>

const nameOf = (hunk: Hunk) => JSON.stringify(hunk)

/** In the order of the text; what both did alike is there once. */
function bySide(mine: readonly Hunk[], theirs: readonly Hunk[]): readonly OfSide[] {
  const [ours, others] = [mine, theirs].map((hunks) => new Set(hunks.map(nameOf)))
  const own = mine.map(
    (hunk): OfSide => ({
      ...{ side: others?.has(nameOf(hunk)) ? 'both' : 'mine', hunk },
    }),
  )
  const rest = theirs
    .filter((hunk) => !ours?.has(nameOf(hunk)))
    .map((hunk): OfSide => ({ side: 'theirs', hunk }))
  return [...own, ...rest].toSorted((one, other) => one.hunk.from - other.hunk.from)
}

/** `undefined` if both changed one range, or two that touch; the same whichever of the two is called mine. */
function inOrder(mine: readonly Hunk[], theirs: readonly Hunk[]): readonly Hunk[] | undefined {
  const all = bySide(mine, theirs)
  const end = { mine: -2, theirs: -2 }
  // at least one word has to be between: “2 tablets” must not become a number of one and a word of the other
  const touches = (side: Side, { from }: Hunk) => from <= end[side] + 1
  for (const { side, hunk } of all) {
    if (side === 'both') {
      for (const each of sides) if (touches(each, hunk)) end[each] = hunk.to
      continue
    }
    if (touches(side === 'mine' ? 'theirs' : 'mine', hunk)) return undefined
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
  const hunks = inOrder(hunksBetween(old, wordsOf(mine)), hunksBetween(old, wordsOf(theirs)))
  if (!hunks) return undefined
  const result: string[] = []
  let at = 0
  for (const { from, to, words } of hunks) {
    result.push(...old.slice(at, from), ...words)
    at = to
  }
  return [...result, ...old.slice(at)].join('')
}
