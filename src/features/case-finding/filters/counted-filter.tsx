import { useLingui } from '@lingui/react/macro'
import type { FindFilters, FoundPeople } from '#client/queries/monitoring/find-people.ts'
import type { Facet } from '#domain/case/find-people.ts'
import type { Narrow } from './use-find-filters.ts'

export type NarrowProps = Readonly<{
  filters: FindFilters
  narrow: Narrow
  found: FoundPeople | undefined
}>

/** Undefined until the list has answered: a zero would be read as nobody. */
export const countOf = (counts: readonly Facet[] | undefined, value: string): number | undefined =>
  counts && (counts.find((each) => each.value === value)?.count ?? 0)

export const countOfAll = (counts: readonly Facet[] | undefined): number | undefined =>
  counts?.reduce((sum, each) => sum + each.count, 0)

/** A choice, and how many people it would give. */
export function CountedFilter({
  words,
  count,
}: Readonly<{ words: string; count: number | undefined }>) {
  const { i18n } = useLingui()
  return (
    <span className="find__counted">
      {words} <span>{count === undefined ? null : i18n.number(count)}</span>
    </span>
  )
}
