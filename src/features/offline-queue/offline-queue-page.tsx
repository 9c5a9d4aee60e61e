import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { syncNow } from '#client/offline/sync-now.ts'
import { useOffline } from '#client/offline/use-offline.ts'
import { needsDecision } from '#domain/sync/queued-save.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Button } from '#ui/layout/button.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { NotDone } from './not-done.tsx'
import { QueuedSaveCard } from './queued-save-card.tsx'

/** Everything that was written offline and is not sent: what, for whom, when, and what prevents it. */
export function OfflineQueuePage() {
  const { t } = useLingui()
  const { waiting, isAway, isSending } = useOffline()
  const { failure, run } = useAsyncAction()
  const needing = waiting.filter(needsDecision)
  const rest = waiting.filter((each) => !needsDecision(each))
  return (
    <div className="waiting">
      <PageHeading
        title={t`Waiting on this device`}
        lead={<Lead />}
        actions={
          rest.length > 0 && !isAway ? (
            <Button variant="outline" pending={isSending} onClick={() => void run(syncNow)}>
              <Trans>Send now</Trans>
            </Button>
          ) : null
        }
      />
      {failure ? <NotDone /> : null}
      {waiting.length === 0 ? (
        <EmptyState title={<Trans>Nothing to send</Trans>}>
          <p>
            <Trans>All your changes have been sent.</Trans>
          </p>
          <LinkButton to="/today">
            <Trans>Go to Today</Trans>
          </LinkButton>
        </EmptyState>
      ) : null}
      {needing.length > 0 ? (
        <section aria-labelledby="waiting-needs">
          <h2 id="waiting-needs">
            <Plural value={needing.length} one="# needs a decision" other="# need a decision" />
          </h2>
          {needing.map((save) => (
            <QueuedSaveCard key={save.id} save={save} />
          ))}
        </section>
      ) : null}
      {rest.length > 0 ? (
        <section aria-labelledby="waiting-rest">
          <h2 id="waiting-rest">
            <Trans>To be sent</Trans>
          </h2>
          {rest.map((save) => (
            <QueuedSaveCard key={save.id} save={save} />
          ))}
        </section>
      ) : null}
    </div>
  )
}

function Lead() {
  const { waiting, isAway } = useOffline()
  if (waiting.length === 0) return null
  if (isAway)
    return (
      <Trans>Your changes send automatically, in this order, when you are connected again.</Trans>
    )
  return (
    <Trans>
      Your changes send automatically. Anything that needs a decision stays here until you deal with
      it.
    </Trans>
  )
}
