import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { EvaluatedFact } from '#domain/evaluation/evaluated-person.ts'
import type { EvaluationAnswer } from '#domain/evaluation/evaluation-answer.ts'
import { worstBalance } from '#domain/evaluation/matched-evaluation.ts'
import { CountText } from './count-text.tsx'

const facts: Readonly<Record<EvaluatedFact, ReactNode>> = {
  'recent-stays': <Trans>Emergency stays in the 90 days before</Trans>,
  'since-last-stay': <Trans>Days since the last one</Trans>,
  conditions: <Trans>Conditions known a year ago</Trans>,
  deprivation: <Trans>How poor their streets are</Trans>,
  age: <Trans>Age in years</Trans>,
}

/** How good the pairs are: what still differs, who found nobody like them, and who is in neither group. */
export function HowAlike({ answer }: { answer: EvaluationAnswer }) {
  const { balance, taken, alone, pool, takenOnLater } = answer
  const isOff = balance.some(({ after }) => Math.abs(after) > worstBalance)
  return (
    <section aria-labelledby="evaluation-alike">
      <h2 id="evaluation-alike">
        <Trans>How alike are they?</Trans>
      </h2>
      <p>
        <Trans>
          The two of a pair have the same age group, sex, stage of life and number of emergency
          stays in the year before. Within that they are as close as could be found in the rest.
        </Trans>
      </p>
      {balance.length > 0 ? (
        <>
          <p>
            {isOff ? (
              <Trans>
                Something still differs by more than it should (over {worstBalance} in the table).
                Read the result with care.
              </Trans>
            ) : (
              <Trans>Nothing in the table differs by more than it should ({worstBalance}).</Trans>
            )}
          </p>
          <BalanceTable balance={balance} />
        </>
      ) : null}
      <ul>
        <li>
          <Trans>
            Taken on in that time: <CountText of={taken} />. Without anybody like them:{' '}
            <CountText of={alone} />. They are in no pair.
          </Trans>
        </li>
        <li>
          <Trans>
            Looked for among <CountText of={pool} /> others. <CountText of={takenOnLater} /> of them
            were taken on later themselves, and stay where they are.
          </Trans>
        </li>
        <NotCounted answer={answer} />
      </ul>
    </section>
  )
}

function NotCounted({ answer: { leftOut, isCut } }: { answer: EvaluationAnswer }) {
  return (
    <>
      <li>
        <Trans>
          In neither group: <CountText of={leftOut.optedOut} /> who said no to planning,{' '}
          <CountText of={leftOut.nothingRecorded} /> of whom nothing is recorded,{' '}
          <CountText of={leftOut.leftTheList} /> who left the list, and{' '}
          <CountText of={leftOut.deathUndated} /> whose day of death is not known.
        </Trans>
      </li>
      {isCut ? (
        <li>
          <Trans>
            There are more people than we compare at once: the rest were left out by lot.
          </Trans>
        </li>
      ) : null}
    </>
  )
}

function BalanceTable({ balance }: Pick<EvaluationAnswer, 'balance'>) {
  const { i18n } = useLingui()
  const number = (value: number) =>
    i18n.number(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  return (
    <table className="nhsuk-table evaluation__balance">
      <caption>
        <Trans>Difference between the groups, in standard deviations</Trans>
      </caption>
      <thead>
        <tr>
          <th scope="col">
            <Trans>What is compared</Trans>
          </th>
          <th scope="col">
            <Trans>Everybody</Trans>
          </th>
          <th scope="col">
            <Trans>In pairs</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {balance.map(({ fact, before, after }) => (
          <tr key={fact}>
            <th scope="row">{facts[fact]}</th>
            <td>{number(before)}</td>
            <td>{number(after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
