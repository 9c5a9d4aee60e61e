import { Trans } from '@lingui/react/macro'
import type { EvaluationAnswer } from '#domain/evaluation/evaluation-answer.ts'

/** How it is worked out, and its limits: the page of the method, open to everybody who reads the result. */
export function WhatItCannotSay({ answer }: { answer: EvaluationAnswer }) {
  return (
    <section className="evaluation__method" aria-labelledby="evaluation-method">
      <h2 id="evaluation-method">
        <Trans>What this cannot say</Trans>
      </h2>
      <ul>
        <li>
          <Trans>
            What nobody wrote down may differ: how somebody was that day, who cares for them,
            whether they wanted help. A nurse who chose well chose people who are worse off than
            they look here.
          </Trans>
        </li>
        <li>
          <Trans>
            It says what happened to people like them with the care that they had. It does not say
            what would happen to anybody.
          </Trans>
        </li>
        <li>
          <Trans>
            Stays that nobody sent to us are missing in both groups. Whoever died early could not
            come back to hospital.
          </Trans>
        </li>
        <li>
          <Trans>
            Hospital is not all that matters. What people say of their life is on “How we are
            doing”.
          </Trans>
        </li>
      </ul>
      <h3>
        <Trans>How it is worked out</Trans>
      </h3>
      <p>
        <Trans>
          Each person is followed for {answer.days} days from the day on which they were taken on;
          for the others such a day is drawn, always the same, from the days of those. Pairs are
          exact in age group, sex, stage of life and stays, and within that as near as a fifth of a
          standard deviation in the odds of being taken on (Austin 2011). The interval is the one of
          95 in 100, from the differences within pairs. It is worked out for {answer.fewestPairs}{' '}
          pairs or more. Stage of life is told from what was coded a year ago; palliative care,
          kidney failure, learning disability and pregnancy are not told apart. A street whose
          poverty is not known is taken for the middle.
        </Trans>
      </p>
    </section>
  )
}
