import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
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
