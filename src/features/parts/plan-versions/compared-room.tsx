import { Plural, Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { ShownDifference } from '#client/queries/versions/plan-history.ts'
import type { HouseRoom } from '#domain/plan/plan.ts'
import { differenceAuthor } from '#domain/plan/versions/compare-plans.ts'
import type { PlanVersion } from '#domain/plan/versions/plan-version.ts'
import { DifferenceRow } from './difference-row.tsx'
import type { VersionReader } from './version-reader.ts'

type RoomProps = Readonly<{
  reader: VersionReader
  room: HouseRoom
  differences: readonly ShownDifference[]
  sameCount: number
  agreedMark: (difference: ShownDifference) => ReactNode
  madeIn: (difference: ShownDifference) => PlanVersion | undefined
}>

/** The differences in one room of the house. */
export function ComparedRoom(props: RoomProps) {
  const { reader, room, differences, sameCount, agreedMark, madeIn } = props
  const seen = reader.lastViewed[room] ?? ''
  const isNew = (each: ShownDifference) =>
    seen !== '' && (each.after?.at ?? '') > seen && differenceAuthor(each)?.reference !== reader.me
  return (
    <section aria-labelledby={`compared-${room}`} className="plan-room">
      <div className="plan-room__head">
        <h2 id={`compared-${room}`}>{reader.titles[room]}</h2>
        <p className="gable-meta">
          <Plural value={differences.length} one="# change" other="# changes" /> ·{' '}
          <Trans>{sameCount} the same</Trans>
        </p>
      </div>
      <ul className="plan-room__rows">
        {differences.map((each) => (
          <DifferenceRow
            key={each.key}
            reader={reader}
            difference={each}
            agreed={agreedMark(each)}
            isNew={isNew(each)}
            made={madeIn(each)}
          />
        ))}
      </ul>
    </section>
  )
}
