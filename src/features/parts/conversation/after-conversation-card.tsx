import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { dayHere } from '#client/clock.ts'
import {
  conversationsQuery,
  conversationToAsk,
  saidAfterLast,
} from '#client/queries/preparation/conversation.ts'
import { Card } from '#ui/layout/card.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { AfterQuestions } from './after-questions.tsx'
import { SaidAfter } from './said-after.tsx'

type Props = Readonly<{ person: string; givenName: string }>

/** For staff: the person answers on the screen that is turned to them, or their paper is written down; then it is read. */
export function AfterConversationCard({ person, givenName }: Props) {
  const { data } = useQuery(conversationsQuery(person))
  const held = conversationToAsk(data)
  const said = saidAfterLast(data)
  if (said)
    return (
      <Card title={<Trans>How the last conversation was</Trans>}>
        <SaidAfter said={said} givenName={givenName} />
      </Card>
    )
  if (!held) return null
  return (
    <Card title={<Trans>Ask how the last conversation was</Trans>}>
      <p>
        <Trans>
          About the review on <DateText date={dayHere(held.at)} />. Turn the screen, or write down
          what {givenName} wrote on paper. Your name stays beside it as the one who wrote it down.
          {givenName} can still answer on their own page.
        </Trans>
      </p>
      <AfterQuestions person={person} review={held.id} way="screen" />
    </Card>
  )
}
