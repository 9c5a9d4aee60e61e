import type { ShownComparison, ShownDifference } from '#client/queries/versions/plan-history.ts'
import type { HouseRoom, Who } from '#domain/plan/plan.ts'
import { differenceAuthor } from '#domain/plan/versions/compare-plans.ts'
import type { PlanSentence } from '#domain/plan/versions/plan-sentences.ts'
import type { SuggestedChange } from '#domain/suggestion/suggested-change.ts'
import {
  type SuggestionBetween,
  suggestionsBetween,
} from '#domain/suggestion/suggestions-between.ts'

/** One row of a comparison: a change, or words that somebody suggested for a sentence. */
export type ComparedRow = Readonly<{ key: string; room: HouseRoom }> &
  (
    | Readonly<{ difference: ShownDifference }>
    | Readonly<{ suggestion: SuggestionBetween; about: PlanSentence | undefined }>
  )

/** Only what one author wrote, in one room, or only what is suggested. */
export type RowFilter = Readonly<{ room?: HouseRoom; author?: string; onlySuggested?: true }>

export const isSuggestedRow = (row: ComparedRow) => 'suggestion' in row

export const rowAuthor = (row: ComparedRow): Who | undefined =>
  'suggestion' in row ? row.suggestion.change.by : differenceAuthor(row.difference)

export const isWithin = (row: ComparedRow, { room, author, onlySuggested }: RowFilter): boolean =>
  (room === undefined || row.room === room) &&
  (author === undefined || rowAuthor(row)?.reference === author) &&
  (!onlySuggested || isSuggestedRow(row))

/** Every change, each followed by what was suggested for its sentence; then suggestions for what stayed as it was. */
export function comparedRows(
  { older, newer, differences }: ShownComparison,
  suggested: readonly SuggestedChange[],
  isUntilNow: boolean,
): readonly ComparedRow[] {
  if (!older.at) return differences.map(changeRow)
  const moments = { from: older.at, to: isUntilNow ? undefined : newer.at }
  const rows = suggestionsBetween(suggested, moments).map((suggestion): ComparedRow => {
    const about = [...newer.sentences, ...older.sentences].find(
      ({ key }) => key === suggestion.sentence,
    )
    const { id, room } = suggestion.change
    return { key: id, room: about?.room ?? room, suggestion, about }
  })
  const beside = (key: string) =>
    rows.filter((row) => 'suggestion' in row && row.suggestion.sentence === key)
  const changed = new Set(differences.map(({ key }) => key))
  return [
    ...differences.flatMap((each) => [changeRow(each), ...beside(each.key)]),
    ...rows.filter((row) => 'suggestion' in row && !changed.has(row.suggestion.sentence)),
  ]
}

const changeRow = (difference: ShownDifference): ComparedRow => ({
  ...{ key: difference.key, room: difference.room, difference },
})
