import { Trans } from '@lingui/react/macro'
import { dayHere } from '#client/clock.ts'
import type { GivenToMe } from '#domain/consent/given-to-me.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { useRoomLabelsOfAnother } from './shared-room-labels.ts'

type Props = Readonly<{
  shared: GivenToMe
  /** the person who shares */
  name: string
  /** it was changed since the carer last looked */
  isNew: boolean
}>

/** To a carer: that the person has changed what they share, what that is now, and until when. */
export function SharedWithCarer({ shared, name, isNew }: Props) {
  const labels = useRoomLabelsOfAnother()
  if (!isNew || !shared.since) return null
  const parts = shared.read.map((room) => labels[room]).join(', ')
  const writes = shared.write.map((room) => labels[room]).join(', ')
  return (
    <section className="my-card" aria-labelledby="shared-news">
      <h3 id="shared-news">
        <StateMark state="new">
          <Trans>What {name} shares with you has changed</Trans>
        </StateMark>
      </h3>
      <p>
        <Trans>
          Since <DateText date={dayHere(shared.since)} /> you can see: {parts}.
        </Trans>{' '}
        {writes ? <Trans>You can write in: {writes}.</Trans> : null}
      </p>
    </section>
  )
}

/** How long it is shared. */
export function SharedUntil({ shared }: Pick<Props, 'shared'>) {
  if (!shared.until) return null
  return (
    <Trans>
      It is shared with you until <DateText date={shared.until} />.
    </Trans>
  )
}
