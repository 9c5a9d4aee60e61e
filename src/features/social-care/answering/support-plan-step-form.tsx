import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { supportPlanStep } from '#client/queries/social-care/support-plans.ts'
import { reviewKinds, type SupportPlan } from '#domain/social-care/support-plan.ts'
import { CarerFailure } from '#features/parts/carers/carer-failure.tsx'
import { useSupportWords } from '#features/parts/social-care/use-support-words.ts'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'

type Props = Readonly<{ plan: SupportPlan; isEnd: boolean; onDone: () => void }>

/** What came of a review, with the day of the next one; or why the plan ends. */
export function SupportPlanStepForm({ plan, isEnd, onDone }: Props) {
  const { t } = useLingui()
  const words = useSupportWords()
  const empty = { kind: '', on: clockToday(), next: '', words: '' }
  const key = `support-step:${plan.id}:${isEnd ? 'end' : 'review'}`
  const [typed, setTyped, clear] = useDraft(key, empty)
  const [tried, setTried] = useState(false)
  const { pending, failure, run } = useAsyncAction()
  const change = (fields: Partial<typeof empty>) => setTyped({ ...typed, ...fields })
  const kind = reviewKinds.find((each) => each === typed.kind)
  const lacksKind = !isEnd && !kind
  const lacksWords = typed.words.trim() === ''
  const kinds = reviewKinds.filter((each) => each !== 'payment' || plan.payment)
  const save = async () => {
    setTried(true)
    if (lacksKind || lacksWords) return
    const said = { plan: plan.id, version: plan.version, words: typed.words }
    const step = isEnd
      ? { ...said, kind: 'end' as const, on: '', next: '' }
      : { ...said, kind: kind ?? ('full' as const), on: typed.on, next: typed.next }
    if (!(await run(() => supportPlanStep(plan.person, step)))) return
    clear()
    onDone()
  }
  return (
    <CheckedForm className="carer-form" onSubmit={save}>
      {isEnd ? null : (
        <>
          <Radios
            legend={t`Which review was it?`}
            name={key}
            value={typed.kind}
            onChange={(next) => change({ kind: next })}
            error={tried && lacksKind ? t`Choose which review it was` : undefined}
            options={kinds.map((value) => ({ value, label: words.reviews[value] }))}
          />
          <DateField label={t`It was on`} value={typed.on} onChange={(on) => change({ on })} />
          <DateField
            label={t`The next one is on`}
            hint={t`Within 12 months. After an early look it may stay empty.`}
            value={typed.next}
            onChange={(next) => change({ next })}
          />
        </>
      )}
      <TextArea
        label={isEnd ? t`Why does the plan end?` : t`What came of it?`}
        hint={t`The person reads it.`}
        rows={3}
        maxLength={2000}
        value={typed.words}
        onChange={(next) => change({ words: next })}
        error={tried && lacksWords ? t`Write it down in a few words` : undefined}
      />
      <CarerFailure failure={failure} />
      <div className="carer-form__bar">
        <Button type="submit" pending={pending}>
          {isEnd ? <Trans>End the plan</Trans> : <Trans>Save the review</Trans>}
        </Button>
        <Button variant="link" onClick={onDone}>
          <Trans>Close</Trans>
        </Button>
      </div>
    </CheckedForm>
  )
}
