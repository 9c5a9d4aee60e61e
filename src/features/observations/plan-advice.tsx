import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { whatToDo } from '#domain/plan/house/what-to-do.ts'
import type { WhatIf, WhatIfStep } from '#domain/plan/plan.ts'
import { type AdviceLevel, planForNow } from '#domain/reading/advice.ts'
import { WhatToDo } from '#ui/text/what-to-do.tsx'

/**
 * What the person's own plan says for when things get worse, in its own words: amber is for now, red for worse. Its
 * numbers can be called from here. If it says nothing for now, that is said, with `whoToCall` instead.
 */
export function PlanAdvice(
  props: Readonly<{
    whatIf: WhatIf | undefined
    isOwn?: boolean
    whoToCall: ReactNode
    sayToday?: string
  }>,
) {
  const { steps, silent } = planForNow(props.whatIf)
  const isSilent = silent.includes('amber')
  return (
    <>
      {steps.length > 0 ? (
        <p>
          {props.isOwn ? (
            <Trans>This is what your plan says to do now:</Trans>
          ) : (
            <Trans>This is what the plan says to do now:</Trans>
          )}
        </p>
      ) : null}
      {props.sayToday ? (
        <p>
          <Link to={props.sayToday}>
            <Trans>Is today amber or red? Say so: nothing is worked out from a reading.</Trans>
          </Link>
        </p>
      ) : null}
      {isSilent ? (
        <>
          <p>
            {props.isOwn ? (
              <Trans>Your plan does not say yet what to do about this.</Trans>
            ) : (
              <Trans>The plan you can see does not say yet what to do about this.</Trans>
            )}
          </p>
          {props.whoToCall}
        </>
      ) : null}
      {steps.length > 0 ? (
        <dl className="plan-says">
          {steps.map(({ level, step }) => (
            <Step key={level} level={level} step={step} />
          ))}
        </dl>
      ) : null}
    </>
  )
}

const names: Readonly<Record<AdviceLevel, ReactNode>> = {
  amber: <Trans>Amber: things get worse</Trans>,
  red: <Trans>Red: help now</Trans>,
}

function Step({ level, step }: Readonly<{ level: AdviceLevel; step: WhatIfStep }>) {
  return (
    <div className={`plan-says__step is-${level}`}>
      <dt>{names[level]}</dt>
      <dd>
        {step.sign ? <p>{step.sign}</p> : null}
        <WhatToDo {...whatToDo(step)} strong />
      </dd>
    </div>
  )
}
