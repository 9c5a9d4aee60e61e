import type { Resource } from '@medplum/fhirtypes'
import { digitsAt } from '#domain/decimal/digits.ts'

/** A copy of one person's record as a page that opens and prints anywhere: no script, nothing loaded from elsewhere. */
export function recordPage(records: readonly Resource[], madeOn: string): string {
  const kinds = [...Map.groupBy(records, (each) => each.resourceType)]
  const sections = kinds.map(
    ([kind, all]) =>
      `<section><h2>${escaped(inWords(kind))} (${all.length})</h2>${all.map(recordOf).join('')}</section>`,
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A copy of my record</title><style>
body{font:1.1rem/1.5 Arial,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}
article{border-top:1px solid #999;padding:.5rem 0;break-inside:avoid}dt{font-weight:bold}dd{margin:0 0 .4rem;overflow-wrap:anywhere}
</style></head><body><h1>A copy of my record</h1>
<p>Made on ${escaped(madeOn)}. The files beside this page hold the same for computers, with all earlier versions
and with who has looked. What is between professionals only is not in this copy.</p>${sections.join('')}</body></html>`
}

function recordOf(resource: Resource): string {
  const rows = leavesOf(resource).map(
    ([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`,
  )
  return `<article><dl>${rows.join('')}</dl></article>`
}

/** Names of elements that are for computers. */
const unread = /^(resourceType|id|meta|system|url|reference|code|profile|language|implicitRules)$/

type Leaf = readonly [name: string, value: string]

function leavesOf(value: object, above = ''): readonly Leaf[] {
  return Object.entries(value)
    .filter(([name, each]) => !isForComputers(name, each))
    .flatMap(([name, each]) => leafOf(labelOf(name, above), digitsAt(value, name) ?? each))
}

function isForComputers(name: string, value: unknown): boolean {
  if (typeof value === 'object') return name === 'meta' || name === 'text'
  return unread.test(name)
}

/** A text, or one of several, is named like the element it is in. */
const labelOf = (name: string, above: string) =>
  name === 'text' || /^\d+$/.test(name) ? above : inWords(name)

function leafOf(name: string, value: unknown): readonly Leaf[] {
  if (value === null || value === undefined) return []
  if (typeof value === 'object') return leavesOf(value, name)
  return [[name, String(value)]]
}

/** `expressedBy` becomes "Expressed by". */
function inWords(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function escaped(text: string): string {
  const signs: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  }
  return text.replace(/[&<>"]/g, (sign) => signs[sign] ?? sign)
}
