import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeJson } from './merge-json.ts'
import { mergeWords } from './word-merge.ts'

const bus = 'The minibus leaves at 9.30, so carers come at 8.00.'

test.each([
  ['only mine changed', bus, bus.replace('9.30', '9.15'), bus, bus.replace('9.30', '9.15')],
  ['only theirs changed', bus, bus, bus.replace('8.00', '7.30'), bus.replace('8.00', '7.30')],
  [
    'both changed words that lie apart',
    bus,
    bus.replace('minibus', 'taxi'),
    bus.replace('8.00', '7.30'),
    bus.replace('minibus', 'taxi').replace('8.00', '7.30'),
  ],
  ['both made the same change', bus, `${bus} Yes.`, `${bus} Yes.`, `${bus} Yes.`],
  [
    'both changed the same word',
    bus,
    bus.replace('8.00', '7.30'),
    bus.replace('8.00', '8.15'),
    undefined,
  ],
  ['both wrote into an empty field', '', 'Tea', 'Coffee', undefined],
  ['one removed what the other changed', 'a b c', 'a c', 'a x c', undefined],
  [
    'each changed one half of a dose',
    'take 2 tablets',
    'take 3 tablets',
    'take 2 capsules',
    undefined,
  ],
  ['both added at the end', 'a b', 'a b c', 'a b d', undefined],
  ['both changed neighbours', 'a b', 'x b', 'a y', undefined],
  ['both changed words with one word between', 'a b c', 'x b c', 'a b y', 'x b y'],
  [
    'both removed one word, and each changed another',
    'a b c d e f g',
    'x b c e f g',
    'a b c e f y',
    'x b c e f y',
  ],
  ['each changed the same word at another place', 'a b c a', 'x b c a', 'a b c x', 'x b c x'],
  [
    'both replaced from the same place, to different ends',
    'a\nb\nc d',
    'x d',
    'x\nb\nc d',
    undefined,
  ],
  ['both replaced to the same end, from different places', 'a b c d', 'a x', 'a b c x', undefined],
  [
    'one made it longer and the other shorter',
    'a b c d e',
    'one two b c d e',
    'a b c d',
    'one two b c d',
  ],
])('%s, in either order', (_title, base, mine, theirs, expected) => {
  expect(mergeWords(base, mine, theirs)).toBe(expected)
  expect(mergeWords(base, theirs, mine)).toBe(expected)
})

describe('In random prose', () => {
  /** What each of two writers did to one word of the text; their own words are told apart by their first letter. */
  const deed = fc.constantFrom('keep', 'keep', 'keep', 'replace', 'remove', 'add')
  const deeds = fc.array(fc.tuple(deed, deed), { minLength: 1, maxLength: 24 })
  type Deed = 'keep' | 'replace' | 'remove' | 'add'

  const gap = (at: number) => (at % 7 === 6 ? '. ' : ' ')
  const written = (done: readonly Deed[], by: string) =>
    done
      .flatMap((each, at) => {
        const own = `${by}${at}`
        const words = { keep: [`w${at}`], replace: [own], remove: [], add: [`w${at}`, own] }[each]
        return words.map((word) => `${word}${gap(at)}`)
      })
      .join('')

  const textsOf = (done: readonly (readonly [string, string])[]) => {
    const side = (at: 0 | 1) => done.map((each) => each[at] as Deed)
    return {
      base: written(
        side(0).map(() => 'keep'),
        '',
      ),
      mine: written(side(0), 'm'),
      theirs: written(side(1), 't'),
    }
  }
  const wordsIn = (text: string) => new Set(text.match(/\w+/g) ?? [])

  test('what both removed alike is merged with the words beside it, in either order', () => {
    expect(mergeWords('w0 w1 w2 ', 'm1 w2 ', 'w0 w2 ')).toBe('m1 w2 ')
    expect(mergeWords('w0 w1 w2 ', 'w0 w2 ', 'm1 w2 ')).toBe('m1 w2 ')
    // with nothing between them, the words of two writers are a conflict
    expect(mergeWords('a b c d', 'A c d', 'a C d')).toBeUndefined()
    expect(mergeWords('a b c d', 'a C d', 'A c d')).toBeUndefined()
  })

  test('a merge loses no word of either writer and brings back none that was removed', () => {
    fc.assert(
      fc.property(deeds, (done) => {
        const { base, mine, theirs } = textsOf(done)
        const merged = mergeWords(base, mine, theirs)
        if (merged === undefined) return
        const [old, ours, others] = [base, mine, theirs].map(wordsIn)
        const expected = new Set(
          [...(ours ?? []), ...(others ?? [])].filter(
            (word) => !old?.has(word) || (ours?.has(word) && others?.has(word)),
          ),
        )
        expect(wordsIn(merged)).toEqual(expected)
        expect(mergeWords(base, theirs, mine), 'in either order').toBe(merged)
      }),
      { numRuns: 500 },
    )
  })

  test('two different words for one are always shown as a conflict, with both texts whole', () => {
    fc.assert(
      fc.property(deeds, fc.nat(), (done, which) => {
        const at = which % done.length
        const clash = done.map((each, index) =>
          index === at ? (['replace', 'replace'] as const) : each,
        )
        const { base, mine, theirs } = textsOf(clash)
        expect(mergeWords(base, mine, theirs)).toBeUndefined()
        const goal = (text: string) => ({ resourceType: 'Goal', description: { text } })
        const sides = { base: goal(base), mine: goal(mine), theirs: goal(theirs) }
        const { merged, twice } = mergeJson(sides)
        expect(twice).toEqual([{ path: 'description.text', base, mine, theirs }])
        expect(merged.description.text).toBe(mine)
        const other = mergeJson(sides, (place) => place.theirs)
        expect(other.merged.description.text).toBe(theirs)
      }),
      { numRuns: 500 },
    )
  })
})
