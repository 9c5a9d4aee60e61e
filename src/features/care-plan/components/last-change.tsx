import { Trans } from '@lingui/react/macro'
import { dayHere } from '#client/clock.ts'
import { lastEventIn } from '#domain/plan/house/event-subject.ts'
import type { HouseRoom } from '#domain/plan/plan.ts'
import type { HouseView } from '#features/care-plan/use-house.ts'
import { EventText } from './event-text.tsx'
import { WhenText } from './when-text.tsx'

/** Who changed a room last, what, and when. */
export function LastChange({ view: { house }, room }: { view: HouseView; room: HouseRoom }) {
  const event = lastEventIn(house.events, room)
  if (!event) return null
  return (
    <p className="gable-house__last">
      <span>
        <Trans>Last change:</Trans>
      </span>{' '}
      <EventText house={house} event={event} />, <WhenText at={dayHere(event.at)} />
    </p>
  )
}
