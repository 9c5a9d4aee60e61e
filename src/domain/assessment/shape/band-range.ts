import type { Band } from '#domain/assessment/instruments/score-rule.ts'

export type BandRange =
  | Readonly<{ kind: 'all' }>
  | Readonly<{ kind: 'from'; from: number }>
  | Readonly<{ kind: 'to' | 'below'; to: number }>
  | Readonly<{ kind: 'between' | 'from-below'; from: number; to: number }>

/** The limits of a band as they are said: included, excluded, or open on a side. */
export function bandRangeOf({ from, to, below }: Band): BandRange {
  const hasFrom = Number.isFinite(from)
  if (below !== undefined)
    return hasFrom ? { kind: 'from-below', from, to: below } : { kind: 'below', to: below }
  if (!Number.isFinite(to)) return hasFrom ? { kind: 'from', from } : { kind: 'all' }
  return hasFrom ? { kind: 'between', from, to } : { kind: 'to', to }
}

/** The same in signs, for a narrow scale. */
export function shortRange(band: Band): string {
  const range = bandRangeOf(band)
  switch (range.kind) {
    case 'all':
      return '–'
    case 'from':
      return `${range.from}+`
    case 'to':
      return `≤ ${range.to}`
    case 'below':
      return `< ${range.to}`
    case 'between':
      return `${range.from}–${range.to}`
    case 'from-below':
      return `${range.from}–<${range.to}`
  }
}
