import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { WhatIf, WhatIfStep } from '#domain/plan/plan.ts'

const isSaid = ({ sign, doWhat, ring }: WhatIfStep) =>
  [sign, doWhat, ring].some((words) => words.trim() !== '')

/** Whether the plan says anything for a reading outside what was agreed. */
export const saysWhatToDo = (whatIf: WhatIf | undefined): whatIf is WhatIf =>
  whatIf !== undefined && (isSaid(whatIf.amber) || isSaid(whatIf.red))

/**
 * What the person's own plan says for when things get worse, in its own words: amber is for now, red for worse. A number
 * in it can be rung from here.
 */
export function PlanSays({ whatIf }: { whatIf: WhatIf }) {
  const { amber, red } = whatIf
  return (
    <dl className="plan-says">
      {isSaid(amber) ? (
        <Step name={<Trans>Amber: things get worse</Trans>} level="amber" step={amber} />
      ) : null}
      {isSaid(red) ? <Step name={<Trans>Red: help now</Trans>} level="red" step={red} /> : null}
    </dl>
  )
}

function Step(props: Readonly<{ name: ReactNode; level: 'amber' | 'red'; step: WhatIfStep }>) {
  const { sign, doWhat, ring } = props.step
  return (
    <div className={`plan-says__step is-${props.level}`}>
      <dt>{props.name}</dt>
      <dd>
        {sign ? <p>{sign}</p> : null}
        {doWhat ? (
          <p>
            <strong>{doWhat}</strong>
          </p>
        ) : null}
        {ring ? (
          <p>
            <Trans>
              Ring <Numbers text={ring} />
            </Trans>
          </p>
        ) : null}
      </dd>
    </div>
  )
}

const number = /(\+?\d[\d ]+\d)/

/** The words as they stand; the first telephone number in them is a link. */
function Numbers({ text }: { text: string }) {
  const [before = '', found, ...rest] = text.split(number)
  if (!found) return text
  return (
    <>
      {before}
      <a href={`tel:${found.replaceAll(' ', '')}`}>
        <bdi>{found}</bdi>
      </a>
      {rest.join('')}
    </>
  )
}
