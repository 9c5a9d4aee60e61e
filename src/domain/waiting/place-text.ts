type Plain = Readonly<Record<string, unknown>>

/** What stands in a place of a record, as a reader may compare it: the words, names and numbers in it, not their frame. */
export function placeText(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.map(placeText).filter(Boolean).join(', ')
  if (typeof value !== 'object') return String(value)
  const place = value as Plain
  const named = place['display'] ?? place['text']
  if (typeof named === 'string') return named
  return Object.entries(place)
    .filter(([key]) => !frame.has(key))
    .map(([, each]) => placeText(each))
    .filter(Boolean)
    .join(', ')
}

const frame = new Set(['url', 'system', 'id', 'linkId', 'reference'])
