import { Trans } from '@lingui/react/macro'
import type { ShownDifference } from '#client/queries/versions/plan-history.ts'
import { type HouseRoom, houseRooms, type Who } from '#domain/plan/plan.ts'
import { differenceAuthor } from '#domain/plan/versions/compare-plans.ts'
import { useNameOf, type VersionReader } from './version-reader.ts'

/** Which differences are shown: those of one room, and by one author. */
export type DifferenceFilter = Readonly<{ room?: HouseRoom; author?: string }>

export const isWithin = (
  difference: ShownDifference,
  { room, author }: DifferenceFilter,
): boolean =>
  (room === undefined || difference.room === room) &&
  (author === undefined || differenceAuthor(difference)?.reference === author)

type FiltersProps = Readonly<{
  reader: VersionReader
  differences: readonly ShownDifference[]
  filter: DifferenceFilter
  onFilter: (filter: DifferenceFilter) => void
}>

/** The rooms and the authors of the differences, each with how many there are. */
export function CompareFilters({ reader, differences, filter, onFilter }: FiltersProps) {
  const nameOf = useNameOf(reader)
  const rooms = houseRooms.filter((room) => differences.some((each) => each.room === room))
  const authors = authorsIn(differences)
  const { room, author } = filter
  if (differences.length === 0) return <div />
  return (
    <aside className="plan-filters">
      <h2>
        <Trans>Rooms</Trans>
      </h2>
      <ul>
        <Choice
          isChosen={room === undefined}
          count={differences.length}
          onChoose={() => onFilter(author ? { author } : {})}
        >
          <Trans>All rooms</Trans>
        </Choice>
        {rooms.map((each) => (
          <Choice
            key={each}
            isChosen={room === each}
            count={differences.filter((one) => one.room === each).length}
            onChoose={() => onFilter({ ...filter, room: each })}
          >
            {reader.titles[each]}
          </Choice>
        ))}
      </ul>
      <h2>
        <Trans>Written by</Trans>
      </h2>
      <ul>
        <Choice
          isChosen={author === undefined}
          count={differences.length}
          onChoose={() => onFilter(room ? { room } : {})}
        >
          <Trans>Everybody</Trans>
        </Choice>
        {authors.map((who) => (
          <Choice
            key={who.reference}
            isChosen={author === who.reference}
            count={
              differences.filter((each) => differenceAuthor(each)?.reference === who.reference)
                .length
            }
            onChoose={() => onFilter({ ...filter, author: who.reference })}
          >
            {nameOf(who)}
          </Choice>
        ))}
      </ul>
    </aside>
  )
}

function authorsIn(differences: readonly ShownDifference[]): readonly Who[] {
  const all = differences.flatMap((each) => differenceAuthor(each) ?? [])
  return [...new Map(all.map((who) => [who.reference, who])).values()]
}

type ChoiceProps = Readonly<{
  isChosen: boolean
  count: number
  onChoose: () => void
  children: React.ReactNode
}>

function Choice({ isChosen, count, onChoose, children }: ChoiceProps) {
  return (
    <li>
      <button type="button" aria-pressed={isChosen} onClick={onChoose}>
        <span>{children}</span> <span>{count}</span>
      </button>
    </li>
  )
}
