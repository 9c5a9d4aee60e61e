/** One sentence of a page, where it stands, and in which language. */
export type Sentence = Readonly<{ text: string; range: Range; language: string }>

const unread =
  'button, input, select, textarea, script, style, svg, [hidden], [aria-hidden="true"], [data-not-read]'
const blocks =
  'p, li, h1, h2, h3, h4, h5, h6, dt, dd, blockquote, td, th, label, legend, summary, div, section, header, article, main'

type Piece = Readonly<{ node: Text; start: number }>
type Block = { text: string; pieces: Piece[]; element: Element }

/** The sentences of a part of a page, in reading order: what is folded away, and what is only for pressing, is left out. */
export function sentencesIn(root: Element): readonly Sentence[] {
  return blocksIn(root).flatMap((block) =>
    sentenceParts(block.text).flatMap(({ start, text }) => {
      const range = rangeIn(block, start, start + text.length)
      return range ? [{ text: text.trim(), range, language: languageOf(block.element) }] : []
    }),
  )
}

/** Text that belongs together: a paragraph, a heading, a line of a list. */
function blocksIn(root: Element): readonly Block[] {
  const found: Block[] = []
  const walker = document.createTreeWalker(root, 4)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node as Text
    const parent = text.parentElement
    if (!parent || parent.closest(unread) || isFolded(parent)) continue
    const element = parent.closest(blocks) ?? root
    const last = found.at(-1)
    const block = last?.element === element ? last : { text: '', pieces: [], element }
    if (block !== last) found.push(block)
    block.pieces.push({ node: text, start: block.text.length })
    block.text += text.data
  }
  return found.filter(({ text }) => /[\p{L}\p{N}]/u.test(text))
}

function isFolded(element: Element): boolean {
  const details = element.closest('details:not([open])')
  return details !== null && !element.closest('summary')
}

type Part = Readonly<{ start: number; text: string }>

function sentenceParts(text: string): readonly Part[] {
  if (!('Segmenter' in Intl)) return [{ start: 0, text }]
  const segments = new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(text)
  return [...segments]
    .map(({ index, segment }) => ({ start: index, text: segment }))
    .filter((part) => /[\p{L}\p{N}]/u.test(part.text))
}

function rangeIn({ pieces }: Block, from: number, to: number): Range | undefined {
  const pieceAt = (place: number) => pieces.findLast(({ start }) => start <= place)
  const first = pieceAt(from)
  const last = pieceAt(to - 1)
  if (!first || !last) return undefined
  const range = document.createRange()
  range.setStart(first.node, from - first.start)
  range.setEnd(last.node, Math.min(to - last.start, last.node.data.length))
  return range
}

const languageOf = (element: Element) =>
  element.closest('[lang]')?.getAttribute('lang') ?? document.documentElement.lang
