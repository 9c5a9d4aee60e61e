import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { sendNow, useOnDevice } from '#client/device/on-device.ts'
import { useWork } from '#client/writing/use-work.ts'
import { needsItsWriter } from '#domain/waiting/waiting.ts'
import { Button } from '#ui/button.tsx'
import { LinkButton } from '#ui/link-button.tsx'
import { Missing } from '#ui/missing.tsx'
import { PageHeading } from '#ui/page-heading.tsx'
import { NotDone } from './not-done.tsx'
import { WaitingCard } from './waiting-card.tsx'

/** Everything that was written without a network and is not sent: what, for whom, when, and what stands in its way. */
export function WaitingPage() {
  const { t } = useLingui()
  const { waiting, isAway, isSending } = useOnDevice()
  const { failure, run } = useWork()
  const needing = waiting.filter(needsItsWriter)
  const rest = waiting.filter((each) => !needsItsWriter(each))
  return (
    <div className="waiting">
      <PageHeading
        title={t`Waiting on this device`}
        lead={<Lead />}
        actions={
          rest.length > 0 && !isAway ? (
            <Button variant="outline" pending={isSending} onClick={() => void run(sendNow)}>
              <Trans>Send now</Trans>
            </Button>
          ) : null
        }
      />
      {failure ? <NotDone /> : null}
      {waiting.length === 0 ? (
        <Missing title={<Trans>Nothing waits</Trans>}>
          <p>
            <Trans>Nothing you wrote is still to be sent.</Trans>
          </p>
          <LinkButton to="/today">
            <Trans>Go to Today</Trans>
          </LinkButton>
        </Missing>
      ) : null}
      {needing.length > 0 ? (
        <section aria-labelledby="waiting-needs">
          <h2 id="waiting-needs">
            <Plural value={needing.length} one="# needs you" other="# need you" />
          </h2>
          {needing.map((save) => (
            <WaitingCard key={save.id} save={save} />
          ))}
        </section>
      ) : null}
      {rest.length > 0 ? (
        <section aria-labelledby="waiting-rest">
          <h2 id="waiting-rest">
            <Trans>To be sent</Trans>
          </h2>
          {rest.map((save) => (
            <WaitingCard key={save.id} save={save} />
          ))}
        </section>
      ) : null}
    </div>
  )
}

function Lead() {
  const { waiting, isAway } = useOnDevice()
  if (waiting.length === 0) return null
  if (isAway)
    return <Trans>It is sent by itself when there is a network again, in this order.</Trans>
  return (
    <Trans>It is sent by itself; what needs you waits for you, and nothing of it is lost.</Trans>
  )
}
