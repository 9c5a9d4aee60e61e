import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { messagesQuery } from '#client/queries/messages/messages.ts'
import { useSession } from '#client/session/session.ts'
import type { MessageLine } from '#domain/message/messages-answer.ts'
import { ByMoment } from '#features/parts/by-moment.tsx'
import { topicLabels } from '#features/parts/messages/message-labels.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PersonName } from '#ui/text/person-name.tsx'

/** Threads over everybody in whose care the reader is named: what waits for somebody first. */
export function TeamMessagesPage() {
  const { t } = useLingui()
  const identity = useSession(({ actor }) => actor?.identity ?? '')
  const { data } = useSuspenseQuery(messagesQuery(identity))
  const { threads, total } = data
  const waiting = threads.filter(({ by, isNew }) => by !== undefined || isNew)
  const rest = threads.filter((each) => !waiting.includes(each))
  return (
    <div>
      <PageHeading
        title={t`Messages`}
        lead={t`About the people in whose care you are named. What is urgent is never a message: call.`}
      />
      {threads.length === 0 ? (
        <EmptyState title={t`No messages in the last 90 days`}>
          <p>
            <Trans>Open a person’s plan to write the first one.</Trans>
          </p>
        </EmptyState>
      ) : null}
      <Threads
        title={t`New, or seen by nobody`}
        threads={waiting.toSorted((one, other) =>
          (one.by ?? '9999').localeCompare(other.by ?? '9999'),
        )}
      />
      <Threads title={t`Read`} threads={rest} />
      <NotShown shown={threads.length} total={total} />
    </div>
  )
}

function NotShown({ shown, total }: Readonly<{ shown: number; total: number }>) {
  if (total <= shown) return null
  return (
    <p className="gable-meta">
      <Trans>
        These are {shown} of {total} conversations: those that waited longest, then the newest. The
        others are in each person’s record.
      </Trans>
    </p>
  )
}

type ThreadsProps = Readonly<{ title: string; threads: readonly MessageLine[] }>

function Threads({ title, threads }: ThreadsProps) {
  if (threads.length === 0) return null
  return (
    <section className="gable-section" aria-label={title}>
      <h2>{title}</h2>
      <ul className="gable-boxed-rows">
        {threads.map((thread) => (
          <li key={thread.id} className="today-row is-boxed">
            <ThreadLine thread={thread} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function ThreadLine({ thread }: { thread: MessageLine }) {
  const { i18n } = useLingui()
  const { who, family, given, topic, count, lastAt, lastBy, readers } = thread
  return (
    <>
      <div className="today-row__who">
        <h3>
          <Link to={`/people/${who}/messages`}>
            <PersonName family={family} given={given} />
          </Link>
        </h3>
        <p>
          {i18n._(topicLabels[topic])}
          {readers === 'team' ? (
            <>
              {' · '}
              <Trans>professionals only</Trans>
            </>
          ) : readers === 'carer' ? (
            <>
              {' · '}
              <Trans>a carer and the team</Trans>
            </>
          ) : null}
        </p>
        <p className="gable-meta">
          <Plural value={count} one="# message" other="# messages" />.{' '}
          <Trans>
            The last by {lastBy}, <DateText date={lastAt} withTime />
          </Trans>
        </p>
      </div>
      <div className="today-row__when">
        <ThreadState thread={thread} />
      </div>
    </>
  )
}

function ThreadState({ thread: { by, isLate, isNew, coordinator } }: { thread: MessageLine }) {
  if (by)
    return (
      <>
        <StateMark state={isLate ? 'failed' : 'due'}>
          {isLate ? (
            <Trans>
              Nobody has read it. Was due <ByMoment at={by} />
            </Trans>
          ) : (
            <Trans>
              To read by <ByMoment at={by} />
            </Trans>
          )}
        </StateMark>
        <p className="gable-meta">
          {coordinator ? coordinator.name : <Trans>Nobody yet: take it</Trans>}
        </p>
      </>
    )
  if (!isNew) return null
  return (
    <StateMark state="new">
      <Trans>New to you</Trans>
    </StateMark>
  )
}
