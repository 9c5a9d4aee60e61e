import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { dayHere } from '#client/clock.ts'
import { conversationsQuery, conversationToAsk } from '#client/queries/preparation/conversation.ts'
import { Card } from '#ui/layout/card.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { AfterQuestions } from './after-questions.tsx'

/** For staff: the person answers on the screen that is turned to them, or their paper is written down. */
export function AfterConversationCard({ person }: { person: string }) {
  const { data } = useQuery(conversationsQuery(person))
  const held = conversationToAsk(data)
  if (!held) return null
  return (
    <Card title={<Trans>Ask how the last conversation was</Trans>}>
      <p>
        <Trans>
          About the review on <DateText date={dayHere(held.at)} />. Turn the screen, or write down
          what was said on paper. It is asked once, and stays as it was answered.
        </Trans>
      </p>
      <AfterQuestions person={person} review={held.id} way="screen" />
    </Card>
  )
}
