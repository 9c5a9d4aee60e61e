import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { keepSupportPlan } from '#client/queries/social-care/support-plans.ts'
import {
  type SupportPlan,
  type SupportPlanFault,
  supportPlanFaults,
} from '#domain/social-care/support-plan.ts'
import { CarerFailure } from '#features/parts/carers/carer-failure.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { BudgetFields, type FieldErrors, OutcomeFields } from './support-plan-fields.tsx'
import { planTyped, type TypedPlan, typedPlanFrom, upToDate } from './typed-plan.ts'

type Props = Readonly<{
  person: string
  assessed: 'adult' | 'carer'
  decision: string
  /** outcomes with a right to support */
  needed: readonly string[]
  plan?: SupportPlan | undefined
  onDone: () => void
}>

/** A support plan from the outcomes with a right to support; kept as a draft, or sent to the person for their answer. */
export function SupportPlanForm(props: Props) {
  const { person, needed, plan, onDone } = props
  const { t } = useLingui()
  const words = useFaultWords()
  const key = `support-plan:${person}:${plan?.id ?? props.assessed}`
  const first = typedPlanFrom(props)
  const [drafted, setTyped, clear] = useDraft<TypedPlan>(key, first)
  const typed = upToDate(drafted, first)
  const [faults, setFaults] = useState<readonly SupportPlanFault[]>([])
  const { pending, failure, run } = useAsyncAction()
  const change = (fields: Partial<TypedPlan>) =>
    setTyped({ ...typed, plan: typed.plan || crypto.randomUUID(), ...fields })
  const errors: FieldErrors = Object.fromEntries(faults.map((each) => [each, words[each]]))
  const save = async (offer: boolean) => {
    const asked = planTyped({ ...typed, plan: typed.plan || crypto.randomUUID() }, offer)
    const found = supportPlanFaults(asked, { needed, today: clockToday() })
    // a draft may be unfinished; what is in it has to be readable
    const stops = offer ? found : found.filter((each) => each.startsWith('budget-'))
    setFaults(stops)
    if (stops.length > 0) return
    if (!(await run(() => keepSupportPlan(person, asked)))) return
    clear()
    onDone()
    toast(offer ? <Trans>The person is asked for their answer.</Trans> : <Trans>Saved.</Trans>)
  }
  const isStale = failure instanceof FhirError && failure.status === 409
  return (
    <CheckedForm className="carer-form" onSubmit={() => save(true)}>
      <OutcomeFields {...{ typed, change, errors }} />
      <BudgetFields {...{ typed, change, errors }} />
      <h3>
        <Trans>Start and review</Trans>
      </h3>
      <DateField
        label={t`The plan starts on`}
        value={typed.startsOn}
        onChange={(startsOn) => change({ startsOn })}
        error={errors['starts-on']}
      />
      <DateField
        label={t`Review on`}
        hint={t`Within 12 months; empty: 12 months after the start. An early look is due 6 to 8 weeks after it.`}
        value={typed.reviewOn}
        onChange={(reviewOn) => change({ reviewOn })}
        error={errors['review-on']}
      />
      <CarerFailure failure={failure} />
      {isStale && plan && plan.version !== typed.version ? (
        <Button variant="outline" onClick={() => change({ version: plan.version })}>
          <Trans>I have read the other version: keep mine</Trans>
        </Button>
      ) : null}
      <div className="carer-form__bar">
        <Button type="submit" pending={pending}>
          <Trans>Save, and ask the person</Trans>
        </Button>
        <Button variant="outline" pending={pending} onClick={() => void save(false)}>
          <Trans>Save as a draft</Trans>
        </Button>
        <Button variant="link" onClick={onDone}>
          <Trans>Close</Trans>
        </Button>
      </div>
    </CheckedForm>
  )
}

function useFaultWords(): Readonly<Record<SupportPlanFault, string>> {
  const { t } = useLingui()
  const how = t`Say how it is met`
  return {
    'no-outcome': how,
    how,
    ways: t`Choose by whom it is met`,
    'starts-on': t`Say when the plan starts`,
    'review-on': t`The review is after the start, and within 12 months of it`,
    'budget-amount': t`Write an amount, for example 210.50`,
    'budget-share': t`Write an amount between 0 and the whole budget`,
    'budget-agreed': t`Say who agreed the budget, and on which day. The day is not to come`,
    payment: t`A direct payment is of a budget. Say to whom it goes, and from which day`,
    'payment-review': t`The review of the payment is after its start`,
  }
}
