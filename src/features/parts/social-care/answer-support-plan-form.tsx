import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { answerSupportPlan } from '#client/queries/social-care/support-plans.ts'
import type { SupportPlan } from '#domain/social-care/support-plan.ts'
import {
  type ForThemFields,
  forThemIn,
  missingForThem,
  nobodyElse,
} from '#domain/social-care/typed-for-them.ts'
import { CarerFailure } from '#features/parts/carers/carer-failure.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'

const empty = { is: '', words: '', said: '', ...nobodyElse }

type Props = Readonly<{
  plan: SupportPlan
  /** false: a professional writes down what the person said */
  isOwn: boolean
  /** fields to say that somebody else decides */
  fieldsForThem?: (fields: ForThemFields) => ReactNode
}>

/** What is typed, what is still missing in it once somebody tried, and the way to send it. */
function useAnswer({ plan, isOwn }: Props) {
  const key = `support-answer:${plan.id}:${plan.edition}`
  const [typed, setTyped, clear] = useDraft(key, empty)
  const [tried, setTried] = useState(false)
  const { pending, failure, run } = useAsyncAction()
  const { is, words, said } = typed
  const lacks = {
    choice: is === '',
    words: is === 'no' && words.trim() === '',
    said: !isOwn && said.trim() === '',
    ...missingForThem(typed, clockToday()),
  }
  const save = async () => {
    setTried(true)
    if (Object.values(lacks).includes(true)) return
    const answer = {
      plan: plan.id,
      edition: plan.edition,
      agrees: is === 'yes',
      words,
      said,
      ...forThemIn(typed),
    }
    if (await run(() => answerSupportPlan(plan.person, answer))) clear()
  }
  const change = (fields: Partial<typeof empty>) => setTyped({ ...typed, ...fields })
  const shown = (which: keyof typeof lacks, message: string) =>
    tried && lacks[which] ? message : undefined
  return { key, typed, change, shown, save, pending, failure }
}

/** The person’s answer to this version of the plan: yes, or not like this with words. */
export function AnswerSupportPlanForm({ plan, isOwn, fieldsForThem }: Props) {
  const { t } = useLingui()
  const { key, typed, change, shown, save, pending, failure } = useAnswer({ plan, isOwn })
  const { is, words, said } = typed
  return (
    <CheckedForm className="carer-form" onSubmit={save}>
      <Radios
        legend={isOwn ? t`What do you say to this plan?` : t`What did the person say to this plan?`}
        name={key}
        value={is}
        onChange={(next) => change({ is: next })}
        error={shown('choice', t`Choose yes, or not like this`)}
        options={[
          { value: 'yes', label: t`Yes to this plan` },
          { value: 'no', label: t`Not like this` },
        ]}
      />
      <TextArea
        label={t`What should be different, or anything else`}
        rows={2}
        maxLength={2000}
        value={words}
        onChange={(next) => change({ words: next })}
        error={shown('words', t`Say what is not right, so that it can be changed`)}
      />
      {fieldsForThem?.({ person: plan.person, name: key, typed, change, shown })}
      {isOwn ? null : (
        <TextField
          label={t`How did they say it?`}
          hint={t`For example: on the phone, at the kitchen table.`}
          maxLength={500}
          value={said}
          onChange={(next) => change({ said: next })}
          error={shown('said', t`Say how they said it`)}
        />
      )}
      <CarerFailure failure={failure} />
      <Button type="submit" pending={pending}>
        {isOwn ? <Trans>Send this answer</Trans> : <Trans>Write down this answer</Trans>}
      </Button>
    </CheckedForm>
  )
}
