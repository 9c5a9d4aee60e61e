import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { dayHere } from '#client/clock.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import {
  conversationsQuery,
  conversationToAsk,
  saidAfterLast,
} from '#client/queries/preparation/conversation.ts'
import type { AfterConversation } from '#domain/preparation/after-conversation.ts'
import { Button } from '#ui/layout/button.tsx'
import { OpeningLine } from '#ui/layout/opening-line.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { AfterQuestions } from './after-questions.tsx'
import { SaidAfter } from './said-after.tsx'

/** For the person: two questions about the last conversation, until they have answered them. */
export function MyAfterConversation({ person }: { person: string }) {
  const { data } = useQuery(conversationsQuery(person))
  const held = conversationToAsk(data)
  const said = saidAfterLast(data)
  if (said?.way === 'own')
    return (
      <p className="my-small" role="status">
        <Trans>Thank you. You told us how our last talk was.</Trans>
      </p>
    )
  if (said) return <WrittenDownForMe said={said} />
  if (!held) return null
  return <AskedAfter person={person} held={held} />
}

type Held = NonNullable<ReturnType<typeof conversationToAsk>>

/** On a page with much else: a line that the person opens, or that is open because they had begun to answer. */
function AskedAfter({ person, held }: Readonly<{ person: string; held: Held }>) {
  const isBegun = useDraft<unknown>(`after:${held.id}`, undefined)[3]
  return (
    <OpeningLine title={<Trans>How was our talk?</Trans>} isBegun={isBegun}>
      <p>
        <Trans>
          You talked with {held.by.name} on <DateText date={dayHere(held.at)} />. We ask you this
          once. Your team can read what you say. We count all answers, without names.
        </Trans>
      </p>
      <AfterQuestions person={person} review={held.id} />
    </OpeningLine>
  )
}

/** Somebody wrote down what the person said: they read it, and their own answer takes its place. */
function WrittenDownForMe({ said }: Readonly<{ said: AfterConversation }>) {
  const [isAnswering, setAnswering] = useState(false)
  return (
    <OpeningLine title={<Trans>What you said about our last talk</Trans>}>
      <SaidAfter said={said} />
      {isAnswering ? (
        <AfterQuestions person={said.person} review={said.review} />
      ) : (
        <Button variant="outline" onClick={() => setAnswering(true)}>
          <Trans>Answer again yourself</Trans>
        </Button>
      )}
    </OpeningLine>
  )
}
