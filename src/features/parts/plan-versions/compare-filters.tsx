import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { houseRooms, type Who } from '#domain/plan/plan.ts'
import { type ComparedRow, isSuggestedRow, type RowFilter, rowAuthor } from './compared-rows.ts'
import { useNameOf, type VersionReader } from './version-reader.ts'

type FiltersProps = Readonly<{
  reader: VersionReader
  rows: readonly ComparedRow[]
  filter: RowFilter
  onFilter: (filter: RowFilter) => void
}>

/** The rooms and the authors of the rows, and what is only suggested, each with how many there are. */
export function CompareFilters({ reader, rows, filter, onFilter }: FiltersProps) {
  const nameOf = useNameOf(reader)
  // on a phone the rows come first, and the filters on request
  const [isWide] = useState(() => matchMedia('(min-width: 1080px)').matches)
  const rooms = houseRooms.filter((room) => rows.some((each) => each.room === room))
  const authors = authorsIn(rows)
  const { room, author, onlySuggested } = filter
  const suggested = rows.filter(isSuggestedRow).length
  const without = ({ room: _room, ...rest }: RowFilter): RowFilter => rest
  const byAnyone = ({ author: _author, ...rest }: RowFilter): RowFilter => rest
  const allKinds = ({ onlySuggested: _only, ...rest }: RowFilter): RowFilter => rest
  if (rows.length === 0) return <div />
  return (
    <aside className="plan-filters">
      <details open={isWide}>
        <summary>
          <Trans>Choose what is shown</Trans>
        </summary>
        {suggested > 0 ? (
          <>
            <h2>
              <Trans>What is shown</Trans>
            </h2>
            <ul>
              <Choice
                isChosen={!onlySuggested}
                count={rows.length}
                onChoose={() => onFilter(allKinds(filter))}
              >
                <Trans>Changes and suggestions</Trans>
              </Choice>
              <Choice
                isChosen={onlySuggested === true}
                count={suggested}
                onChoose={() => onFilter({ ...filter, onlySuggested: true })}
              >
                <Trans>Only what is suggested</Trans>
              </Choice>
            </ul>
          </>
        ) : null}
        <h2>
          <Trans>Rooms</Trans>
        </h2>
        <ul>
          <Choice
            isChosen={room === undefined}
            count={rows.length}
            onChoose={() => onFilter(without(filter))}
          >
            <Trans>All rooms</Trans>
          </Choice>
          {rooms.map((each) => (
            <Choice
              key={each}
              isChosen={room === each}
              count={rows.filter((one) => one.room === each).length}
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
            count={rows.length}
            onChoose={() => onFilter(byAnyone(filter))}
          >
            <Trans>Everybody</Trans>
          </Choice>
          {authors.map((who) => (
            <Choice
              key={who.reference}
              isChosen={author === who.reference}
              count={rows.filter((each) => rowAuthor(each)?.reference === who.reference).length}
              onChoose={() => onFilter({ ...filter, author: who.reference })}
            >
              {nameOf(who)}
            </Choice>
          ))}
        </ul>
      </details>
    </aside>
  )
}

function authorsIn(rows: readonly ComparedRow[]): readonly Who[] {
  const all = rows.flatMap((each) => rowAuthor(each) ?? [])
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
