import { Trans } from '@lingui/react/macro'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { threadsQuery, whoReadsQuery } from '#client/queries/messages/messages.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import { Button } from '#ui/layout/button.tsx'
import { MessageForm, type MessageFormProps } from './message-form.tsx'
import { ThreadView } from './thread-view.tsx'
import { WhenRead } from './who-reads.tsx'
import './messages.css'

type Props = Omit<MessageFormProps, 'thread' | 'corrects' | 'onDone'> &
  Readonly<{ isClosed: boolean }>

/** What to do now first, then when messages are read, the threads, and a new one. */
export function MessagesAbout(props: Props) {
  const { person, whatNow, isClosed } = props
  const { data: threads } = useSuspenseQuery(threadsQuery(person))
  const { data: who } = useQuery(whoReadsQuery(person))
  const [writing, setWriting] = useState(false)
  const me = whoAmI(person).reference
  return (
    <>
      <section className="message-now" aria-labelledby="message-now">
        <h2 id="message-now">
          <Trans>If it is urgent, do not write</Trans>
        </h2>
        {whatNow}
      </section>
      <section aria-labelledby="message-threads">
        <h2 id="message-threads">
          <Trans>Messages so far</Trans>
        </h2>
        <WhenRead who={who} />
        {threads.length === 0 ? (
          <p>
            <Trans>No messages yet.</Trans>
          </p>
        ) : null}
        {threads.map((thread) => (
          <ThreadView key={thread.id} {...props} {...{ thread, me, who }} />
        ))}
        {isClosed ? null : writing ? (
          <MessageForm {...props} onDone={() => setWriting(false)} />
        ) : (
          <Button
            variant={threads.length > 0 ? 'outline' : 'filled'}
            onClick={() => setWriting(true)}
          >
            <Trans>Write a message</Trans>
          </Button>
        )}
      </section>
    </>
  )
}
