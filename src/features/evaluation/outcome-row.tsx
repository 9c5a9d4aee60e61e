import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { EvaluatedOutcome } from '#domain/evaluation/matched-evaluation.ts'
import { IntervalChart } from './interval-chart.tsx'
import { type AnyOutcome, isTold, type ToldOutcome } from './told-outcome.ts'

const titles: Readonly<Record<EvaluatedOutcome, ReactNode>> = {
  'emergency-stays': <Trans>Emergency stays in hospital</Trans>,
  'any-emergency-stay': <Trans>People who had one or more</Trans>,
  died: <Trans>People who died</Trans>,
}

/** One outcome: the finding in words, what fell by itself, and the difference with its interval. */
export function OutcomeRow({ outcome }: { outcome: AnyOutcome }) {
  return (
    <li className="evaluation-row">
      <h3>{titles[outcome.outcome]}</h3>
      {isTold(outcome) ? (
        <Told outcome={outcome} />
      ) : (
        <p>
          <Trans>Fewer than five people had it in one of the groups: no number is shown.</Trans>
        </p>
      )}
    </li>
  )
}

const verdicts: Readonly<Record<ToldOutcome['verdict'], ReactNode>> = {
  fewer: <Trans>Fewer than people like them</Trans>,
  more: <Trans>More than people like them</Trans>,
  'not-told': <Trans>No difference that we can tell</Trans>,
}

function Told({ outcome }: { outcome: ToldOutcome }) {
  const { i18n } = useLingui()
  const { taken, others, difference, low, high, verdict } = outcome
  const size = (value: number) => i18n.number(Math.abs(value), { maximumFractionDigits: 1 })
  const number = (value: number) => i18n.number(value, { maximumFractionDigits: 1 })
  return (
    <div className="evaluation-row__both">
      <div>
        <p className={`evaluation-row__verdict evaluation-row__verdict--${verdict}`}>
          <VerdictMark verdict={verdict} />
          {verdicts[verdict]}
        </p>
        <p>
          <Trans>
            {number(taken.after)} of 100 whom we took on, and {number(others.after)} of 100 people
            like them.
          </Trans>{' '}
          {difference < 0 ? (
            <Trans>That is {size(difference)} fewer.</Trans>
          ) : difference > 0 ? (
            <Trans>That is {size(difference)} more.</Trans>
          ) : null}
        </p>
        {taken.before === undefined || others.before === undefined ? null : (
          <p className="evaluation__small">
            <Trans>
              In the half year before: {number(taken.before)} and {number(others.before)}. People
              are taken on when things are bad, and bad times pass by themselves: what changed among
              people like them was not our doing.
            </Trans>
          </p>
        )}
      </div>
      <IntervalChart {...{ difference, low, high, verdict }} />
    </div>
  )
}

/** A shape and a colour: a diamond for less harm, a square for more, a circle for chance. */
function VerdictMark({ verdict }: { verdict: ToldOutcome['verdict'] }) {
  return (
    <svg className="evaluation-row__mark" viewBox="0 0 14 14" aria-hidden="true">
      {verdict === 'fewer' ? <path d="M7 0 14 7 7 14 0 7Z" /> : null}
      {verdict === 'more' ? <path d="M1 1H13V13H1Z" /> : null}
      {verdict === 'not-told' ? <circle cx="7" cy="7" r="5" /> : null}
    </svg>
  )
}
