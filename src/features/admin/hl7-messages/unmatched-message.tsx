import { Trans, useLingui } from '@lingui/react/macro'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { retryMessage } from '#client/queries/admin/unmatched-messages.ts'
import type { UnmatchedMessage } from '#domain/hl7v2/unmatched-message.ts'
import { TimelineDate } from '#features/parts/timeline-date.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PersonName } from '#ui/text/person-name.tsx'
import { useShownZone } from '#ui/text/shown-zone.ts'
import { DismissMessage } from './dismiss-message.tsx'
import { useEventLabels, useReasonLabels } from './labels.ts'

/** One message: what it is about, why it is on hold, and the two ways to settle it. */
export function UnmatchedMessageCard({ message }: { message: UnmatchedMessage }) {
  const { i18n } = useLingui()
  const zone = useShownZone()
  const { why, what } = useReasonLabels()[message.reason]
  const event = useEventLabels()(message.event)
  const came = new Date(message.came)
  return (
    <li>
      <h2>{why}</h2>
      <p>{what}</p>
      <p className="messages-facts">
        <span>{event}</span>
        <Person message={message} />
        <span>
          <Trans>
            From <bdi>{message.from}</bdi>, message <bdi>{message.messageId}</bdi>
          </Trans>
        </span>
        <time dateTime={message.came}>
          {i18n.date(came, { dateStyle: 'long', timeStyle: 'short', ...zone })}
        </time>
      </p>
      <details>
        <summary>
          <Trans>The original message</Trans>
        </summary>
        <pre dir="ltr">{message.raw.replaceAll('\r', '\n').trim()}</pre>
      </details>
      <Settle message={message} />
    </li>
  )
}

function Person({ message: { family, given, birthDate } }: { message: UnmatchedMessage }) {
  if (!family && !given) return null
  return (
    <span>
      <PersonName family={family} given={given} />
      {birthDate && (
        <>
          {', '}
          <Trans>
            born <TimelineDate at={birthDate} />
          </Trans>
        </>
      )}
    </span>
  )
}

function Settle({ message: { number } }: { message: UnmatchedMessage }) {
  const saving = useSaveState()
  const again = () =>
    saving.run(async () => {
      const taken = await retryMessage([number])
      toast(taken > 0 ? <Trans>Processed</Trans> : <Trans>Still on hold</Trans>)
    })
  return (
    <div className="messages-actions">
      <Button variant="outline" pending={saving.pending} onClick={() => void again()}>
        <Trans>Try again</Trans>
      </Button>
      <DismissMessage number={number} />
      {saving.problem && (
        <Notice tone="danger" title={<Trans>We could not try again</Trans>}>
          <Trans>We could not reach the service. Please try again.</Trans>
        </Notice>
      )}
    </div>
  )
}
