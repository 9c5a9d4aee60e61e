import { Trans, useLingui } from '@lingui/react/macro'
import { tryAgain } from '#client/kept-aside.ts'
import { useSaving } from '#client/writing/use-editing.ts'
import type { AsideMessage } from '#domain/hl7/kept-aside.ts'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { PersonName } from '#ui/person-name.tsx'
import { useShownZone } from '#ui/shown-zone.ts'
import { toast } from '#ui/toasts.tsx'
import { DismissMessage } from './dismiss-message.tsx'
import { useEventWords, useReasonWords } from './message-words.ts'
import { StoryDate } from './story-date.tsx'

/** One message: what it tells, why it waits, and the two ways on. */
export function MessageAside({ message }: { message: AsideMessage }) {
  const { i18n } = useLingui()
  const zone = useShownZone()
  const { why, what } = useReasonWords()[message.reason]
  const event = useEventWords()(message.event)
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
          <Trans>The message as it came</Trans>
        </summary>
        <pre dir="ltr">{message.raw.replaceAll('\r', '\n').trim()}</pre>
      </details>
      <Settle message={message} />
    </li>
  )
}

function Person({ message: { family, given, birthDate } }: { message: AsideMessage }) {
  if (!family && !given) return null
  return (
    <span>
      <PersonName family={family} given={given} />
      {birthDate && (
        <>
          {', '}
          <Trans>
            born <StoryDate at={birthDate} />
          </Trans>
        </>
      )}
    </span>
  )
}

function Settle({ message: { number } }: { message: AsideMessage }) {
  const saving = useSaving()
  const again = () =>
    saving.run(async () => {
      const taken = await tryAgain([number])
      toast(taken > 0 ? <Trans>Taken in</Trans> : <Trans>Still kept aside</Trans>)
    })
  return (
    <div className="messages-actions">
      <Button variant="outline" pending={saving.pending} onClick={() => void again()}>
        <Trans>Try again</Trans>
      </Button>
      <DismissMessage number={number} />
      {saving.problem && (
        <Notice tone="danger" title={<Trans>Not tried again</Trans>}>
          <Trans>The record could not be reached. Please try once more.</Trans>
        </Notice>
      )}
    </div>
  )
}
