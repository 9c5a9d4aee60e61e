import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { CarerIllStep, CarerTask } from '#domain/plan/plan.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { PhoneLink } from '#ui/text/phone-link.tsx'
import { SaidByLine } from './said-by.tsx'

export const carerTaskLabels: Readonly<Record<CarerTask, MessageDescriptor>> = {
  medicines: msg`Medicines`,
  meals: msg`Meals`,
  night: msg`The night`,
  pets: msg`Pets`,
  company: msg`Company`,
  other: msg`Something else`,
}

/** What somebody else will do when the carer is ill, and who is told then; what nobody can do yet is named too. */
export function CarerIllList({ steps }: Readonly<{ steps: readonly CarerIllStep[] }>) {
  const { i18n } = useLingui()
  return (
    <ul className="worse-list">
      {steps.map((step) => (
        <li key={step.id} className={step.who?.name ? '' : 'is-missing'}>
          <p>
            <strong>{step.what || i18n._(carerTaskLabels[step.task])}</strong>
          </p>
          <p>
            <WhoStepsIn step={step} />
          </p>
          <SaidByLine said={step.said} />
        </li>
      ))}
    </ul>
  )
}

/** A neutral mark: nobody has been told yet. */
function WhoStepsIn({ step: { who, phone } }: { step: CarerIllStep }) {
  if (!who?.name)
    return (
      <StateMark state="missing">
        <Trans>Nobody yet</Trans>
      </StateMark>
    )
  return (
    <StateMark state="due">
      {who.reference ? (
        <Trans>{who.name} will be told</Trans>
      ) : (
        <Trans>{who.name} will be asked</Trans>
      )}
      {phone ? (
        <>
          , <PhoneLink number={phone} />
        </>
      ) : null}
    </StateMark>
  )
}

type StepsInProps = Readonly<{ steps: readonly CarerIllStep[]; isSelf: boolean }>

/** What the plan says about who steps in, or what happens while it says nothing. */
export function PlannedHelp({ steps, isSelf }: StepsInProps) {
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
