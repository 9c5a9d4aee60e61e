import type { FeedField, FeedLayout } from './feed-columns.ts'

/** The text of each field of a row. */
export type FeedRow = Readonly<Partial<Record<FeedField, string>>>

/** Who sends it: as the line says, or the layout with the provider, because numbers are unique only within one. */
export function feedSourceOf({ source, provider }: FeedRow, layout: FeedLayout): string {
  if (source) return source.slice(0, 80)
  if (layout === 'cclf') return 'CCLF'
  const name = layout === 'sus' ? 'SUS' : 'Claims'
  return provider ? `${name} ${provider}`.slice(0, 80) : name
}

/** The number of a line: of a claim with the number of its line, if it has several. */
export const feedNumberOf = ({ line = '', lineNumber }: FeedRow): string =>
  lineNumber && line ? `${line}/${lineNumber}` : line
