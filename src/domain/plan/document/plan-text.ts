import type { PlanReading } from './plan-reading.ts'
import type { ReadingItem } from './reading-context.ts'

const widest = 80

/** A plan as plain text: no line is longer than 80 characters, and headings are underlined. */
export function planText({ title, facts, parts }: PlanReading): string {
  const lines = [
    ...heading(title, '='),
    ...facts.flatMap((fact) => folded(fact)),
    ...parts.flatMap((part) => [
      '',
      '',
      ...heading(part.title, '-'),
      ...(part.items.length === 0
        ? folded(part.none)
        : part.items.flatMap((item) => itemLines(item))),
    ]),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

const heading = (text: string, rule: string): readonly string[] => {
  const lines = folded(text)
  const length = Math.max(...lines.map((line) => line.length))
  return [...lines, rule.repeat(length)]
}

function itemLines(item: ReadingItem, inset = ''): readonly string[] {
  const { label, words, own, notes, steps = [] } = item
  const text = own && words ? `“${words}”` : words
  const first = label ? [label, ...(text ? [text] : [])] : [text]
  return [
    ...first.flatMap((line, at) =>
      folded(line, { first: at === 0 ? `${inset}* ` : `${inset}  `, rest: `${inset}  ` }),
    ),
    ...notes.flatMap((note) => folded(note, { first: `${inset}    `, rest: `${inset}    ` })),
    ...steps.flatMap((step) => itemLines(step, `${inset}    `)),
    ...(inset === '' ? [''] : []),
  ]
}

type Insets = Readonly<{ first: string; rest: string }>

/** Breaks a text between words; a word longer than a line is cut. Line breaks of the text stay. */
function folded(
  text: string,
  { first, rest }: Insets = { first: '', rest: '' },
): readonly string[] {
  const [start = '', ...others] = text.split(/\r?\n/)
  return [
    filled(start, { first, rest }),
    ...others.map((each) => filled(each, { first: rest, rest })),
  ].flat()
}

function filled(paragraph: string, { first, rest }: Insets): readonly string[] {
  const lines: string[] = []
  let words: string[] = []
  const inset = () => (lines.length === 0 ? first : rest)
  const most = () => widest - inset().length
  for (const word of paragraph
    .split(/\s+/)
    .filter(Boolean)
    .flatMap(cutTo(widest - rest.length))) {
    if (words.length > 0 && [...words, word].join(' ').length > most()) {
      lines.push(inset() + words.join(' '))
      words = []
    }
    words.push(word)
  }
  return [...lines, (inset() + words.join(' ')).trimEnd()]
}

/** Cuts a word into pieces of at most so many letters; a character is never cut in half. */
const cutTo =
  (most: number) =>
  (word: string): readonly string[] => {
    if (word.length <= most) return [word]
    const pieces = ['']
    for (const letter of word) {
      const last = pieces.at(-1) ?? ''
      if (last.length + letter.length > most) pieces.push(letter)
      else pieces[pieces.length - 1] = last + letter
    }
    return pieces
  }
