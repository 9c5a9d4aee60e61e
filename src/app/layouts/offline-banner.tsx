import { Plural, Trans } from '@lingui/react/macro'
import { Link } from 'react-router'
import { useOnDevice } from '#client/offline/use-offline.ts'
import { needsItsWriter } from '#domain/sync/queued-save.ts'

/** No network, and what that means here; saves that wait on this device. */
export function AwayStrip() {
  const { isAway, people, waiting, isSending } = useOnDevice()
  const troubled = waiting.filter(needsItsWriter).length
  if (!isAway && waiting.length === 0) return null
  return (
    <div className="gable-strip" role="status">
      <p>
        {isAway && people.length > 0 ? (
          <Trans>No network. You are working with what you took along.</Trans>
        ) : null}
        {isAway && people.length === 0 ? (
          <Trans>
            There is no connection. You can read what is open; saving waits until it is back.
          </Trans>
        ) : null}{' '}
        {isSending ? (
          <Trans>Sending what you wrote.</Trans>
        ) : (
          <WaitingWords count={waiting.length} />
        )}{' '}
        {troubled > 0 ? (
          <Plural value={troubled} one="# of them needs you." other="# of them need you." />
        ) : null}
      </p>
      {waiting.length > 0 ? (
        <p>
          <Link to="/waiting">
            <Trans>See what waits</Trans>
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
      one="# change waits on this device."
      other="# changes wait on this device."
    />
  )
}
