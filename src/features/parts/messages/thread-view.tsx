import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { markMessageError, markMessageSeen } from '#client/queries/messages/messages.ts'
import type { WhoReadsMessages } from '#domain/message/messages-answer.ts'
import { type MessageThread, newTo, type ShownMessage } from '#domain/message/threads.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { MessageForm, type MessageFormProps } from './message-form.tsx'
import { topicLabels } from './message-labels.ts'
import { WhoReads } from './who-reads.tsx'

type Props = Omit<MessageFormProps, 'thread' | 'seen' | 'corrects' | 'choices' | 'onDone'> &
  Readonly<{
    thread: MessageThread
    /** reference of the reader */
    me: string
    who: WhoReadsMessages | undefined
    /** nothing is written any more: the person has died, or the reader may only read */
    isClosed: boolean
  }>

/** One thread, closed until somebody opens it: then it counts as seen, by name and time. */
export function ThreadView(props: Props) {
  const { i18n } = useLingui()
  const { thread, me, who, givenName, isClosed } = props
  const seeing = useSaveState()
  const fresh = newTo(thread, me)
  const open = (isOpen: boolean) => {
    if (isOpen && fresh && !seeing.pending) void seeing.run(() => markMessageSeen(fresh))
  }
  return (
    <details className="message-thread" onToggle={({ currentTarget }) => open(currentTarget.open)}>
      <summary>
        <span>{i18n._(topicLabels[thread.topic])}</span>
        {fresh ? (
          <StateMark state="new">
            <Trans>New</Trans>
          </StateMark>
        ) : null}{' '}
        <span className="gable-meta">
          <Plural value={thread.messages.length} one="# message" other="# messages" />,{' '}
          <DateText date={thread.lastAt} withTime />
        </span>
      </summary>
      <WhoReads readers={thread.readers} carers={thread.carers} {...{ who, givenName }} />
      <ol className="message-list">
        {thread.messages.map((message) => (
          <OneMessage key={message.id} {...props} message={message} />
        ))}
      </ol>
      <SaveNote saving={seeing} />
      {isClosed ? null : (
        <MessageForm {...props} thread={thread} seen={fresh} choices={[thread.readers]} />
      )}
    </details>
  )
}

function OneMessage(props: Props & Readonly<{ message: ShownMessage }>) {
  const { message, me, isClosed } = props
  const isOwn = message.by.reference === me
  return (
    <li className={isOwn ? 'message is-own' : 'message'}>
      <p className="gable-meta">
        <b>{message.by.name}</b>, <DateText date={message.at} withTime />
      </p>
      <FromMeeting {...props} />
      <MessageWords message={message} />
      <SeenLine message={message} />
      {isOwn && !message.isError && !isClosed ? <OwnActs {...props} /> : null}
    </li>
  )
}

/** No carer reads what a meeting says: this one is told with the person’s leave. */
function FromMeeting({ message, givenName }: Props & Readonly<{ message: ShownMessage }>) {
  const { fromMeeting } = message
  if (!fromMeeting) return null
  return (
    <p className="gable-meta">
      <Trans>
        After a team meeting. {givenName} agreed that it is told: {fromMeeting.leave}
      </Trans>
    </p>
  )
}

/** What is said now; what was said before stays to be read. */
function MessageWords({ message: { words, isError, correctedBy } }: { message: ShownMessage }) {
  if (isError)
    return (
      <>
        <StateMark state="failed">
          <Trans>Sent by mistake</Trans>
        </StateMark>
        <details>
          <summary>
            <Trans>What it said</Trans>
          </summary>
          <p className="message-words">{words}</p>
        </details>
      </>
    )
  if (!correctedBy) return <p className="message-words">{words}</p>
  return (
    <>
      <p className="message-words">{correctedBy.words}</p>
      <StateMark state="due">
        <Trans>
          Corrected on <DateText date={correctedBy.at} withTime />
        </Trans>
      </StateMark>
      <details>
        <summary>
          <Trans>What it said before</Trans>
        </summary>
        <p className="message-words">{words}</p>
      </details>
    </>
  )
}

function SeenLine({ message: { seenBy, isError } }: { message: ShownMessage }) {
  if (isError) return null
  if (seenBy.length === 0)
    return (
      <p className="gable-meta">
        <Trans>Nobody has seen it yet</Trans>
      </p>
    )
  return (
    <p className="gable-meta">
      <Trans>Seen by</Trans>{' '}
      {seenBy.map(({ who, at }, place) => (
        <span key={who.reference}>
          {place > 0 ? '; ' : ''}
          {who.name}, <DateText date={at} withTime />
        </span>
      ))}
    </p>
  )
}

function OwnActs(props: Props & Readonly<{ message: ShownMessage }>) {
  const { message, thread } = props
  const [correcting, setCorrecting] = useState(false)
  const marking = useSaveState()
  const words = message.correctedBy?.words ?? message.words
  if (correcting)
    return (
      <MessageForm
        {...props}
        thread={thread}
        choices={[thread.readers]}
        corrects={{ id: message.id, words }}
        onDone={() => setCorrecting(false)}
      />
    )
  return (
    <p>
      <Button variant="link" onClick={() => setCorrecting(true)}>
        <Trans>Correct it</Trans>
      </Button>{' '}
      <Button
        variant="link"
        pending={marking.pending}
        onClick={() => marking.run(() => markMessageError(message.id))}
      >
        <Trans>Sent by mistake</Trans>
      </Button>
      <SaveNote saving={marking} />
    </p>
  )
}
