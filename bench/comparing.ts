import { comparisonSlice } from '#client/queries/versions/plan-history.ts'
import { inSlices } from '#domain/async/in-slices.ts'
import { wordChangesInSteps } from '#domain/merge/word-changes.ts'
import { median, type Row, row } from './measure.ts'

const rounds = 15
const words = 5_000
/** Said in the issue of the shared plan: the whole comparison, and what of it may keep a screen from its next picture. */
const wholeMs = 50
const frameMs = 16

const range = (length: number) => Array.from({ length }, (_, at) => at)
const vocabulary =
  'we walk to the church and back with somebody beside us before tea each day'.split(' ')

/** Nobody’s text: sentences of a dozen words, none of which is there twice. */
function textOf(change: (word: string, at: number) => string): string {
  return range(words)
    .map((at) => {
      const word = at % 12 === 0 ? `Day${at}` : (vocabulary[(at * 7) % vocabulary.length] ?? '')
      return `${change(word, at)}${at % 12 === 11 ? '.' : ''}`
    })
    .join(' ')
}

const before = textOf((word) => word)
const after: Readonly<Record<string, string>> = {
  'a phrase in every tenth sentence': textOf((word, at) => (at % 120 < 3 ? `new-${word}` : word)),
  'a word in every sentence': textOf((word, at) => (at % 12 === 5 ? `other-${at}` : word)),
  'every second word': textOf((word, at) => (at % 2 === 0 ? `other-${at}` : word)),
  'every word': textOf((_word, at) => `other-${at}`),
}

/** Comparing two versions of a long text, as the page does it: in all, and the longest time that it leaves no picture. */
export async function measureComparing(): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const [what, text] of Object.entries(after)) {
    const whole: number[] = []
    const longest: number[] = []
    for (const _ of range(rounds)) {
      const { all, most } = await comparedInSlices(text)
      whole.push(all)
      longest.push(most)
    }
    const about = `two versions of 5,000 words, ${what} changed`
    const on = { on: 'Node', unit: 'ms' } as const
    rows.push(
      row({
        ...{ ...on, what: `comparing ${about}`, value: median(whole) },
        ...{ plain: 'the limit', plainValue: wholeMs, most: 1 },
      }),
      row({
        ...{ ...on, what: `the longest slice of it: ${what}`, value: median(longest) },
        ...{ plain: 'one picture of a screen', plainValue: frameMs, most: 1 },
      }),
    )
  }
  return rows
}

async function comparedInSlices(text: string): Promise<Readonly<{ all: number; most: number }>> {
  let [all, most, began] = [0, 0, 0]
  const end = () => {
    const ms = performance.now() - began
    all += ms
    most = Math.max(most, ms)
  }
  began = performance.now()
  const breathe = async () => {
    end()
    await new Promise((resolve) => setImmediate(resolve))
    began = performance.now()
  }
  const clock = () => performance.now()
  await inSlices(wordChangesInSteps(before, text), { breathe, clock, most: comparisonSlice })
  end()
  return { all, most }
}
