import { Trans } from '@lingui/react/macro'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { CarerIllStep } from '#domain/plan/plan.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { CarerIllList } from './carer-ill-list.tsx'

type Props = Readonly<{ steps: readonly CarerIllStep[]; isSelf: boolean }>

/** What the plan says about who steps in, or what happens while it says nothing. */
export function WhoStepsIn({ steps, isSelf }: Props) {
  if (steps.length > 0) return <CarerIllList steps={steps} />
  return (
    <p className="worse-missing">
      {isSelf ? (
        <Trans>
          The plan does not say yet who steps in. Your team will call you. Tell them what is needed
          today.
        </Trans>
      ) : (
        <Trans>The plan does not say yet who steps in.</Trans>
      )}
    </p>
  )
}

/** Who leads the team is told first, and calls. */
export function WhoIsTold({ house }: Readonly<{ house: HouseRecord }>) {
  const coordinator = house.caseOfPlan?.coordinator?.name
  return (
    <p className="worse-ill__first">
      <StateMark state={coordinator ? 'due' : 'missing'}>
        {coordinator ? (
          <Trans>{coordinator} will be told, and calls back</Trans>
        ) : (
          <Trans>The team will be told. Nobody leads it yet</Trans>
        )}
      </StateMark>
    </p>
  )
}
