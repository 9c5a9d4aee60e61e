import { type Hunk, hunksBetween, wordsOf } from './word-changes.ts'

type Side = 'mine' | 'theirs'
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

type Ends = Readonly<Record<Side, number>>

/** At least one word has to be between: “2 tablets” must not become a number of one and a word of the other. */
const touches = (end: number, { from }: Hunk) => from <= end + 1

/** Where the changes of each side end after this one; `undefined` if it touches one of the other side. */
function endsAfter({ side, hunk }: OfSide, end: Ends): Ends | undefined {
  if (side === 'both') {
    const after = (each: Side) => (touches(end[each], hunk) ? hunk.to : end[each])
    return { mine: after('mine'), theirs: after('theirs') }
  }
  const other = side === 'mine' ? 'theirs' : 'mine'
  return touches(end[other], hunk) ? undefined : { ...end, [side]: hunk.to }
}

/** `undefined` if both changed one range, or two that touch; the same whichever of the two is called mine. */
function inOrder(mine: readonly Hunk[], theirs: readonly Hunk[]): readonly Hunk[] | undefined {
  const all = bySide(mine, theirs)
  let end: Ends | undefined = { mine: -2, theirs: -2 }
  for (const each of all) end = end && endsAfter(each, end)
  return end && all.map(({ hunk }) => hunk)
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
