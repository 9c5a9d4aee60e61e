import { type Hunk, hunksBetween, wordsOf } from './word-diff.ts'

// at least one word has to stand between: “2 tablets” must not become a number of one and a word of the other
const touches = (one: Hunk, other: Hunk) => one.from <= other.to + 1 && other.from <= one.to + 1
const isSame = (one: Hunk, other: Hunk) => JSON.stringify(one) === JSON.stringify(other)

/**
 * Two new versions of one text made into one, word by word; undefined when both changed the same stretch
 * (or stretches that touch: which word comes first is then for a person to say).
 */
export function mergeWords(base: string, mine: string, theirs: string): string | undefined {
  const old = wordsOf(base)
  const ours = hunksBetween(old, wordsOf(mine))
  const others = hunksBetween(old, wordsOf(theirs)).filter(
    (hunk) => !ours.some((own) => isSame(own, hunk)),
  )
  if (others.some((hunk) => ours.some((own) => touches(own, hunk)))) return undefined
  const result = [...old]
  for (const hunk of [...ours, ...others].toSorted((one, other) => other.from - one.from)) {
    result.splice(hunk.from, hunk.to - hunk.from, ...hunk.words)
  }
  return result.join('')
}
