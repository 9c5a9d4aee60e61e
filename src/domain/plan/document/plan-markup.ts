import type { PlanReading, ReadingPart } from './plan-reading.ts'
import type { ReadingItem } from './reading-context.ts'

const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

/** What XML can hold, and so a narrative: control characters and halves of a character are left out. */
function isWritable(letter: string): boolean {
  const code = letter.codePointAt(0) ?? 0
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d
  return (code < 0xd800 || code > 0xdfff) && code !== 0xfffe && code !== 0xffff
}

export const escapedMarkup = (text: string): string =>
  [...text]
    .filter(isWritable)
    .join('')
    .replace(/[&<>"]/g, (sign) => signs[sign] ?? sign)

/** Text with its line breaks. */
const lined = (text: string) => escapedMarkup(text).replaceAll(/\r?\n/g, '<br/>')

/** What one part of a plan says, as XHTML that is also HTML; `level` is that of the headings inside it. */
export function partMarkup({ items, none }: ReadingPart, level = 3): string {
  if (items.length === 0) return `<p>${lined(none)}</p>`
  return items.map((item) => itemMarkup(item, level)).join('')
}

function itemMarkup(
  { label, words, own, notes, steps = [], level: tone }: ReadingItem,
  level: number,
): string {
  const title = label ? `<h${level}>${lined(label)}</h${level}>` : ''
  const text =
    words === ''
      ? ''
      : own
        ? `<blockquote dir="auto">${lined(words)}</blockquote>`
        : `<p dir="auto"><b>${lined(words)}</b></p>`
  const lines = notes.map((note) => `<p>${lined(note)}</p>`).join('')
  const list = steps.map((step) => `<li>${itemMarkup(step, level + 1)}</li>`).join('')
  const kind = tone ? ` class="is-${tone}"` : ''
  return `<div${kind}>${title}${text}${lines}${list === '' ? '' : `<ul>${list}</ul>`}</div>`
}

/** The narrative of a part, as FHIR wants it. */
export const narrativeOf = (part: ReadingPart) => ({
  status: 'generated' as const,
  div: `<div xmlns="http://www.w3.org/1999/xhtml">${partMarkup(part)}</div>`,
})

/** The narrative of the whole: who it is about, and which version. */
export const factsNarrative = ({ title, facts }: PlanReading) => ({
  status: 'generated' as const,
  div: `<div xmlns="http://www.w3.org/1999/xhtml"><h2>${lined(title)}</h2>${facts
    .map((fact) => `<p>${lined(fact)}</p>`)
    .join('')}</div>`,
})
