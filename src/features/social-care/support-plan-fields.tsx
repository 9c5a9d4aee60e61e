import { Trans, useLingui } from '@lingui/react/macro'
import { paymentWays, waysToMeet } from '#domain/social-care/support-plan.ts'
import { useSupportWords } from '#features/parts/social-care/use-support-words.ts'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import type { TypedOutcome, TypedPlan } from './typed-plan.ts'

export type FieldErrors = Readonly<Partial<Record<string, string>>>

type Props = Readonly<{
  typed: TypedPlan
  change: (fields: Partial<TypedPlan>) => void
  errors: FieldErrors
}>

/** How each outcome is met, and by whom. */
export function OutcomeFields({ typed, change, errors }: Props) {
  const { t } = useLingui()
  const words = useSupportWords()
  const set = (outcome: string, fields: Partial<TypedOutcome>) =>
    change({
      outcomes: typed.outcomes.map((each) =>
        each.outcome === outcome ? { ...each, ...fields } : each,
      ),
    })
  return typed.outcomes.map(({ outcome, how, ways, who }) => (
    <fieldset key={outcome} className="nhsuk-fieldset support-outcome">
      <legend className="nhsuk-fieldset__legend nhsuk-fieldset__legend--m">
        {words.outcome(typed.assessed, outcome)}
      </legend>
      <TextArea
        label={t`How is it met?`}
        rows={2}
        maxLength={2000}
        value={how}
        onChange={(next) => set(outcome, { how: next })}
        error={how.trim() === '' ? errors['how'] : undefined}
      />
      <Checkboxes
        legend={t`By whom?`}
        name={`ways-${outcome}`}
        values={ways}
        onChange={(next) => set(outcome, { ways: next })}
        error={ways.length === 0 ? errors['ways'] : undefined}
        options={waysToMeet.map((value) => ({ value, label: words.ways[value] }))}
      />
      <TextField
        label={t`Names (if there are any)`}
        maxLength={500}
        value={who}
        onChange={(next) => set(outcome, { who: next })}
      />
    </fieldset>
  ))
}

/** The personal budget, and how it is paid. Nothing is worked out that was not agreed. */
export function BudgetFields({ typed, change, errors }: Props) {
  const { t } = useLingui()
  const words = useSupportWords()
  return (
    <>
      <h3>
        <Trans>Personal budget</Trans>
      </h3>
      <div className="support-pairs">
        <TextField
          label={t`Budget, in pounds`}
          hint={t`Empty if none is agreed yet.`}
          width={10}
          inputMode="decimal"
          value={typed.amount}
          onChange={(amount) => change({ amount })}
          error={errors['budget-amount']}
        />
        <TextField
          label={t`What the person pays of it, in pounds`}
          hint={t`0 if nothing.`}
          width={10}
          inputMode="decimal"
          value={typed.share}
          onChange={(share) => change({ share })}
          error={errors['budget-share']}
        />
      </div>
      <Radios
        legend={t`For how long?`}
        name="budget-per"
        inline
        value={typed.per}
        onChange={(per) => change({ per: per === 'year' ? 'year' : 'week' })}
        options={[
          { value: 'week', label: words.per.week },
          { value: 'year', label: words.per.year },
        ]}
      />
      <TextField
        label={t`Agreed by`}
        maxLength={200}
        value={typed.agreedBy}
        onChange={(agreedBy) => change({ agreedBy })}
        error={errors['budget-agreed']}
      />
      <DateField
        label={t`Agreed on`}
        value={typed.agreedOn}
        onChange={(agreedOn) => change({ agreedOn })}
      />
      <PaymentFields {...{ typed, change, errors }} />
    </>
  )
}

function PaymentFields({ typed, change, errors }: Props) {
  const { t } = useLingui()
  const words = useSupportWords()
  return (
    <>
      <Radios
        legend={t`Direct payment`}
        name="payment-way"
        value={typed.paymentWay}
        onChange={(paymentWay) => change({ paymentWay })}
        options={[
          { value: '', label: t`None: the council arranges the care` },
          ...paymentWays.map((value) => ({ value, label: words.payments[value] })),
        ]}
      />
      {typed.paymentWay === '' ? null : (
        <>
          <TextField
            label={t`To whom is it paid?`}
            maxLength={200}
            value={typed.paidTo}
            onChange={(paidTo) => change({ paidTo })}
            error={errors['payment']}
          />
          <DateField
            label={t`First payment on`}
            value={typed.paymentStartsOn}
            onChange={(paymentStartsOn) => change({ paymentStartsOn })}
          />
          <DateField
            label={t`Review of the payment by`}
            hint={t`Within the first 6 months, then at least every 12 months (Direct Payments Regulations 2014, regulation 7).`}
            value={typed.paymentReviewOn}
            onChange={(paymentReviewOn) => change({ paymentReviewOn })}
            error={errors['payment-review']}
          />
        </>
      )}
    </>
  )
}
