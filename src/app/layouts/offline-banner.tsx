import { Plural, Trans } from '@lingui/react/macro'
import { Link } from 'react-router'
import { useOffline } from '#client/offline/use-offline.ts'
import { needsDecision } from '#domain/sync/queued-save.ts'

/** No network, and what that means here; saves in the queue on this device. */
export function OfflineBanner() {
  const { isAway, people, waiting, isSending } = useOffline()
  const troubled = waiting.filter(needsDecision).length
  if (!isAway && waiting.length === 0) return null
  return (
    <div className="gable-strip" role="status">
      <p>
        {isAway && people.length > 0 ? (
          <Trans>No internet connection. You are working with the people you downloaded.</Trans>
        ) : null}
        {isAway && people.length === 0 ? (
          <Trans>
            There is no internet connection. You can read what is open. You can save again when you
            are connected.
          </Trans>
        ) : null}{' '}
        {isSending ? <Trans>Sending your changes.</Trans> : <WaitingWords count={waiting.length} />}{' '}
        {troubled > 0 ? (
          <Plural value={troubled} one="# needs a decision." other="# need a decision." />
        ) : null}
      </p>
      {waiting.length > 0 ? (
        <p>
          <Link to="/waiting">
            <Trans>See your changes</Trans>
          </Link>
        </p>
      ) : null}
    </div>
  )
}

function WaitingWords({ count }: { count: number }) {
  if (count === 0) return null
  return (
    <Plural
      value={count}
      one="# change is waiting to be sent."
      other="# changes are waiting to be sent."
    />
  )
}
