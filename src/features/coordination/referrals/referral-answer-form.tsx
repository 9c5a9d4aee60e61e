import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { answerReferral } from '#client/queries/coordination/referrals.ts'
import { answerNeedsWords, type Referral, type ReferralStep } from '#domain/referral/referral.ts'
import { WorkProblem } from '#features/coordination/work-problem.tsx'
import { TwoWaysOut } from '#features/parts/saving/two-ways-out.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'

/** Why a referral is refused or withdrawn, or its outcome. */
export function AnswerForm(props: {
  referral: Referral
  answer: ReferralStep
  onDone: () => void
}) {
  const { t } = useLingui()
  const { referral, answer, onDone } = props
  const [words, setWords, clear] = useDraft(`referral-${answer}:${referral.id}`, '')
  const [tried, setTried] = useState(false)
  const work = useAsyncAction()
  const missing = answerNeedsWords(answer) && words.trim() === ''
  const send = async () => {
    setTried(true)
    if (missing || work.pending) return
    if (!(await work.run(() => answerReferral(referral, answer, words)))) return
    clear()
    onDone()
    toast(
      referral.forCase ? (
        <Trans>Saved. Those who asked can read your answer.</Trans>
      ) : (
        <Trans>Saved: {referral.what}</Trans>
      ),
    )
  }
  const closes = answer === 'closed'
  const labels: Partial<Record<ReferralStep, string>> = {
    waiting: t`How long the person waits, and for what`,
    returned: t`What is missing`,
    reopened: t`What is new, or what was missing`,
    closed: t`What was the outcome?`,
    signposted: t`Who can help instead, and how to reach them`,
  }
  return (
    <CheckedForm className="coordinate-form" aria-label={referral.what} onSubmit={send}>
      <TextArea
        label={labels[answer] ?? t`Why`}
        hint={referral.forCase && closes ? undefined : t`Whoever asked reads this, and the person.`}
        rows={2}
        maxLength={2000}
        value={words}
        onChange={setWords}
        readOnly={work.pending}
        error={tried && missing ? t`Enter a few words, so that everyone knows` : undefined}
      />
      <WorkProblem failure={work.failure} />
      <TwoWaysOut
        pending={work.pending}
        onCancel={onDone}
        save={<SaveWords step={answer} />}
        cancel={<Trans>Not now</Trans>}
      />
    </CheckedForm>
  )
}

function SaveWords({ step }: Readonly<{ step: ReferralStep }>) {
  switch (step) {
    case 'closed':
      return <Trans>Close the referral</Trans>
    case 'signposted':
      return <Trans>Point to other help</Trans>
    case 'refused':
      return <Trans>Refuse the referral</Trans>
    case 'returned':
      return <Trans>Send it back</Trans>
    case 'withdrawn':
      return <Trans>Withdraw the referral</Trans>
    case 'reopened':
      return <Trans>Send it again</Trans>
    default:
      return <Trans>Save</Trans>
  }
}
