import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { noteHeard } from '#client/queries/coordination/referrals.ts'
import { isWholeDay } from '#domain/calendar/days.ts'
import type { Referral } from '#domain/referral/referral.ts'
import { WorkProblem } from '#features/coordination/work-problem.tsx'
import { TwoWaysOut } from '#features/parts/saving/two-ways-out.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'

/** What a service said outside Gable: a note, no answer; and the day on which to ask again. */
export function HeardForm({
  referral,
  onDone,
}: Readonly<{ referral: Referral; onDone: () => void }>) {
  const { t } = useLingui()
  const [words, setWords, clear] = useDraft(`referral-heard:${referral.id}`, '')
  const [nextBy, setNextBy] = useState('')
  const [tried, setTried] = useState(false)
  const work = useAsyncAction()
  const wordsMissing = words.trim() === ''
  const dayWrong = !isWholeDay(nextBy) || nextBy < clockToday()
  const send = async () => {
    setTried(true)
    if (wordsMissing || dayWrong || work.pending) return
    if (!(await work.run(() => noteHeard(referral, words, nextBy)))) return
    clear()
    onDone()
  }
  return (
    <CheckedForm
      className="coordinate-form"
      aria-label={t`Write down what you heard: ${referral.what}`}
      onSubmit={send}
    >
      <TextArea
        label={t`What you heard, from whom`}
        hint={t`The person can read this. It is no answer: only those who are asked answer.`}
        rows={2}
        maxLength={2000}
        value={words}
        onChange={setWords}
        error={tried && wordsMissing ? t`Write what you heard` : undefined}
      />
      <DateField
        label={t`Ask again on`}
        value={nextBy}
        onChange={setNextBy}
        error={tried && dayWrong ? t`Enter today or a later day` : undefined}
      />
      <WorkProblem failure={work.failure} />
      <TwoWaysOut
        pending={work.pending}
        onCancel={onDone}
        save={<Trans>Save it</Trans>}
        cancel={<Trans>Not now</Trans>}
      />
    </CheckedForm>
  )
}
