import { Trans, useLingui } from '@lingui/react/macro'
import {
  reviewsToCome,
  type SupportPlan,
  supportPlanState,
  waysToMeet,
} from '#domain/social-care/support-plan.ts'
import { type MarkState, StateMark } from '#ui/feedback/state-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { useSupportWords } from './use-support-words.ts'

const marks: Readonly<Record<ReturnType<typeof supportPlanState>, MarkState>> = {
  draft: 'writing',
  offered: 'due',
  agreed: 'agreed',
  'not-agreed': 'failed',
  ended: 'missing',
}

/** A support plan as everybody reads it: what is met, how and by whom, what is paid for it, and when it is looked at again. */
export function SupportPlanView({ plan }: Readonly<{ plan: SupportPlan }>) {
  const words = useSupportWords()
  const state = supportPlanState(plan)
  return (
    <div className="carer-shown">
      <p>
        <StateMark state={marks[state]}>{words.states[state]}</StateMark>
      </p>
      <p className="carer-note">
        <Trans>
          Written by {plan.written.by.name}, <DateText date={plan.written.at} />
        </Trans>
      </p>
      {plan.ended ? (
        <p>
          <Trans>
            Ended by {plan.ended.by} on <DateText date={plan.ended.at} />: {plan.ended.reason}
          </Trans>
        </p>
      ) : null}
      <Outcomes plan={plan} />
      <Money plan={plan} />
      <Days plan={plan} />
      <Answers plan={plan} />
    </div>
  )
}

function Outcomes({ plan }: Readonly<{ plan: SupportPlan }>) {
  const words = useSupportWords()
  return (
    <table className="carer-outcomes">
      <caption className="nhsuk-u-visually-hidden">
        <Trans>How each outcome is met</Trans>
      </caption>
      <tbody>
        {plan.outcomes.map(({ outcome, how, ways, who }) => {
          const by = waysToMeet.filter((each) => ways.includes(each))
          return (
            <tr key={outcome}>
              <th scope="row">{words.outcome(plan.assessed, outcome)}</th>
              <td>
                <div>{how}</div>
                <div className="carer-note">
                  {[...by.map((each) => words.ways[each]), ...(who ? [who] : [])].join(' · ')}
                </div>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Money({ plan: { budget, payment } }: Readonly<{ plan: SupportPlan }>) {
  const words = useSupportWords()
  if (!budget)
    return (
      <p>
        <Trans>No personal budget is written down.</Trans>
      </p>
    )
  const { amount, per, currency, share, agreedOn, agreedBy } = budget
  return (
    <dl className="support-facts">
      <div>
        <dt>
          <Trans>Personal budget</Trans>
        </dt>
        <dd>
          <strong>
            <bdi>{words.money(amount, currency)}</bdi> {words.per[per]}
          </strong>
          {agreedBy ? (
            <div className="carer-note">
              <Trans>
                Agreed by {agreedBy} on <DateText date={agreedOn} />
              </Trans>
            </div>
          ) : null}
        </dd>
      </div>
      <div>
        <dt>
          <Trans>Own part of it</Trans>
        </dt>
        <dd>
          <bdi>{words.money(share, currency)}</bdi> {words.per[per]}
        </dd>
      </div>
      <div>
        <dt>
          <Trans>Direct payment</Trans>
        </dt>
        <dd>
          {payment ? (
            <>
              {words.payments[payment.way]}: {payment.paidTo}
              <div className="carer-note">
                <Trans>
                  From <DateText date={payment.startsOn} />
                </Trans>
              </div>
            </>
          ) : (
            <Trans>None: the care is arranged by the council</Trans>
          )}
        </dd>
      </div>
    </dl>
  )
}

function Days({ plan }: Readonly<{ plan: SupportPlan }>) {
  const words = useSupportWords()
  const { startsOn, reviews, ended } = plan
  return (
    <dl className="support-facts">
      {startsOn ? (
        <div>
          <dt>
            <Trans>Starts on</Trans>
          </dt>
          <dd>
            <DateText date={startsOn} />
          </dd>
        </div>
      ) : null}
      {ended
        ? null
        : reviewsToCome(plan).map(({ kind, from, by }) => (
            <div key={kind}>
              <dt>{words.reviews[kind]}</dt>
              <dd>
                {from === by ? (
                  <DateText date={by} />
                ) : (
                  <Trans>
                    <DateText date={from} /> to <DateText date={by} />
                  </Trans>
                )}
              </dd>
            </div>
          ))}
      {reviews.map(({ kind, on, words: said, by, at }) => (
        <div key={at}>
          <dt>
            {words.reviews[kind]}, <DateText date={on} />
          </dt>
          <dd>
            {said}
            <div className="carer-note">{by}</div>
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** That somebody else decided, on what authority, and when. */
function ForThem({ answer: { forThem } }: Readonly<{ answer: SupportPlan['answers'][number] }>) {
  if (!forThem) return null
  return (
    <>
      {' · '}
      {forThem.way === 'best-interests' ? (
        <Trans>Decided in the person’s best interests</Trans>
      ) : forThem.authority === 'deputy' ? (
        <Trans>Decided as deputy appointed by the court</Trans>
      ) : (
        <Trans>The attorney for their health and care decided</Trans>
      )}
      , <DateText date={forThem.on} />
    </>
  )
}

function Answers({ plan: { answers, edition } }: Readonly<{ plan: SupportPlan }>) {
  const { t } = useLingui()
  if (answers.length === 0) return null
  return (
    <ul className="support-answers" aria-label={t`What was said to this plan`}>
      {answers.map((answer) => (
        <li key={answer.at}>
          <StateMark state={answer.agrees ? 'agreed' : 'failed'}>
            {answer.agrees ? <Trans>Yes to this plan</Trans> : <Trans>Not like this</Trans>}
          </StateMark>
          {answer.words ? <p className="gable-said">{answer.words}</p> : null}
          <p className="carer-note">
            <Trans>
              {answer.by.name}, <DateText date={answer.at} />
            </Trans>
            <ForThem answer={answer} />
            {answer.writtenDownBy ? (
              <>
                {' · '}
                <Trans>
                  Written down by {answer.writtenDownBy}: {answer.said}
                </Trans>
              </>
            ) : null}
            {answer.edition === edition ? null : (
              <>
                {' · '}
                <Trans>To an earlier version</Trans>
              </>
            )}
          </p>
        </li>
      ))}
    </ul>
  )
}
