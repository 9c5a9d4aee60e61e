import { Plural, Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { ShownDifference } from '#client/queries/versions/plan-history.ts'
import type { HouseRoom } from '#domain/plan/plan.ts'
import type { PlanVersion } from '#domain/plan/versions/plan-version.ts'
import { type ComparedRow, isSuggestedRow, rowAuthor } from './compared-rows.ts'
import { DifferenceRow } from './difference-row.tsx'
import { SuggestionRow } from './suggestion-row.tsx'
import type { VersionReader } from './version-reader.ts'

type RoomProps = Readonly<{
  reader: VersionReader
  room: HouseRoom
  rows: readonly ComparedRow[]
  sameCount: number
  agreedMark: (difference: ShownDifference) => ReactNode
  madeIn: (difference: ShownDifference) => PlanVersion | undefined
}>

/** The changes in one room of the house, and what was suggested there. */
export function ComparedRoom(props: RoomProps) {
  const { reader, room, rows, sameCount, agreedMark, madeIn } = props
  const seen = reader.lastViewed[room] ?? ''
  const isNew = (row: ComparedRow) =>
    seen !== '' && writtenAt(row) > seen && rowAuthor(row)?.reference !== reader.me
  const suggested = rows.filter(isSuggestedRow).length
  const changes = rows.length - suggested
  return (
    <section aria-labelledby={`compared-${room}`} className="plan-room">
      <div className="plan-room__head">
        <h2 id={`compared-${room}`}>{reader.titles[room]}</h2>
        <p className="gable-meta">
          {changes > 0 ? (
            <>
              <Plural value={changes} one="# change" other="# changes" /> ·{' '}
            </>
          ) : null}
          {suggested > 0 ? (
            <>
              <Trans>{suggested} suggested</Trans> ·{' '}
            </>
          ) : null}
          <Trans>{sameCount} the same</Trans>
        </p>
      </div>
      <ul className="plan-room__rows">
        {rows.map((row) =>
          'suggestion' in row ? (
            <SuggestionRow
              key={row.key}
              reader={reader}
              suggestion={row.suggestion}
              about={row.about}
              isNew={isNew(row)}
            />
          ) : (
            <DifferenceRow
              key={row.key}
              reader={reader}
              difference={row.difference}
              agreed={agreedMark(row.difference)}
              isNew={isNew(row)}
              made={madeIn(row.difference)}
            />
          ),
        )}
      </ul>
    </section>
  )
}

const writtenAt = (row: ComparedRow) =>
  ('suggestion' in row ? row.suggestion.change.at : row.difference.after?.at) ?? ''
