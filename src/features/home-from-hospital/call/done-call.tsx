import { Trans, useLingui } from '@lingui/react/macro'
import type { Contact } from '#domain/contact/contact.ts'
import { isWorrying } from '#domain/discharge/call-questions.ts'
import { choiceLabels, questionLabels } from '#features/home-from-hospital/labels.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { SaidQuote } from '#ui/text/quote.tsx'

/** A call that was made, or tried: who, when, what was said. */
export function DoneCall({ contact }: { contact: Contact }) {
  const { i18n } = useLingui()
  const { reached, way, by, at, words, answers = [] } = contact
  return (
    <article className="stay-done">
      <p>
        <StateMark state={reached ? 'agreed' : 'missing'}>
          <DateText date={at} withTime />, {by.name}:{' '}
          {reached ? (
            way === 'visit' ? (
              <Trans>visited</Trans>
            ) : (
              <Trans>spoke on the phone</Trans>
            )
          ) : way === 'visit' ? (
            <Trans>nobody was at home</Trans>
          ) : (
            <Trans>nobody answered</Trans>
          )}
        </StateMark>
      </p>
      {words ? <p>{words}</p> : null}
      {answers.length > 0 ? (
        <dl className="stay-answers">
          {answers.map((answer) => (
            <div key={answer.question}>
              <dt>{i18n._(questionLabels[answer.question])}</dt>
              <dd>
                <StateMark state={isWorrying(answer) ? 'due' : 'agreed'}>
                  {i18n._(choiceLabels[answer.choice])}
                </StateMark>
                {answer.words ? (
                  <SaidQuote size="row" isPersons={answer.question !== 'carer'}>
                    {answer.words}
                  </SaidQuote>
                ) : null}
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
    </article>
  )
}
