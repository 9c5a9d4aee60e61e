import { Trans, useLingui } from '@lingui/react/macro'
import type { AfterConversation } from '#domain/preparation/after-conversation.ts'
import { Comma } from '#features/parts/language/comma.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { SaidQuote } from '#ui/text/quote.tsx'

type Props = Readonly<{
  said: AfterConversation
  /** the person’s given name; without it the person reads it */
  givenName?: string
}>

/** What the person answered after a conversation, and who wrote it down if it was not them. */
export function SaidAfter({ said, givenName }: Props) {
  const { t } = useLingui()
  const grades = { yes: t`Yes`, partly: t`Partly`, no: t`No` }
  const { talked, decided, words, by, way, at } = said
  return (
    <>
      <dl className="said-after">
        <div>
          <dt>
            <Trans>Did we talk about what matters to you?</Trans>
          </dt>
          <dd>{grades[talked]}</dd>
        </div>
        <div>
          <dt>
            <Trans>Did you decide together?</Trans>
          </dt>
          <dd>{grades[decided]}</dd>
        </div>
      </dl>
      {words ? (
        <SaidQuote size="row" isPersons>
          {words}
        </SaidQuote>
      ) : null}
      <p className="gable-meta">
        {way === 'paper' ? (
          <Trans>Written down from paper by {by.name}</Trans>
        ) : way === 'screen' ? (
          <Trans>Answered on the screen of {by.name}</Trans>
        ) : givenName === undefined ? (
          <Trans>Your own answer</Trans>
        ) : (
          <Trans>{givenName}’s own answer</Trans>
        )}
        <Comma />
        <DateText date={at} withTime />
      </p>
    </>
  )
}
