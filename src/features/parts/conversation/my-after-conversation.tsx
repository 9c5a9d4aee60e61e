import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { dayHere } from '#client/clock.ts'
import { conversationsQuery, conversationToAsk } from '#client/queries/preparation/conversation.ts'
import { lastHeld } from '#domain/review/held-review.ts'
import { DateText } from '#ui/text/date-text.tsx'
import { AfterQuestions } from './after-questions.tsx'

/** For the person: two questions about the last conversation, until they are answered. */
export function MyAfterConversation({ person }: { person: string }) {
  const { data } = useQuery(conversationsQuery(person))
  const held = conversationToAsk(data)
  const said = held
    ? undefined
    : data?.after.find(({ review }) => review === lastHeld(data.held)?.id)
  if (said)
    return (
      <p className="my-small" role="status">
        <Trans>Thank you. You told us how our last talk was.</Trans>
      </p>
    )
  if (!held) return null
  return (
    <section className="my-question" aria-labelledby="after-title">
      <h2 id="after-title">
        <Trans>How was our talk?</Trans>
      </h2>
      <p>
        <Trans>
          You talked with {held.by.name} on <DateText date={dayHere(held.at)} />. We ask you this
          once. Your team can read what you say. Counts of all answers are kept without names.
        </Trans>
      </p>
      <AfterQuestions person={person} review={held.id} />
    </section>
  )
}
