import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { acceptHandOver, endHandOver } from '#client/queries/coordination/hand-over.ts'
import type { HandOver } from '#domain/team/hand-over.ts'
import type { Stays } from '#domain/team/who-stays.ts'
import { WhoSeesAfter } from '#features/parts/who-sees-after.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Dialog } from '#ui/layout/dialog.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { HandOverProblem } from './hand-over-problem.tsx'
import { HandOverReason } from './hand-over-reason.tsx'

/** The practice that was asked accepts or declines. */
export function AnswerHandOver({
  handOver,
  stays,
}: Readonly<{ handOver: HandOver; stays: Stays }>) {
  const { t } = useLingui()
  const [step, setStep] = useState<'yes' | 'no'>()
  const work = useAsyncAction()
  const { by, to, from } = handOver
  const accept = async () => {
    if (!(await work.run(() => acceptHandOver(handOver)))) return
    toast(<Trans>Registered with {to.name} now</Trans>)
  }
  if (step === 'no')
    return (
      <HandOverReason
        draft={`hand-over-no:${handOver.id}`}
        label={<Trans>Why you are declining</Trans>}
        verb={<Trans>Decline</Trans>}
        onLeave={() => setStep(undefined)}
        run={(words) => endHandOver(handOver, 'declined', words)}
        done={() => toast(<Trans>{by.name} is told that you declined</Trans>)}
      />
    )
  return (
    <section className="hand-over-form" aria-label={t`Your answer`}>
      <h2>
        <Trans>Your answer for {to.name}</Trans>
      </h2>
      {from > clockToday() ? (
        <p>
          <Trans>
            You can accept from <DateText date={from} />.
          </Trans>
        </p>
      ) : (
        <Button onClick={() => setStep('yes')}>
          <Trans>Accept this person</Trans>
        </Button>
      )}
      <Button variant="outline" onClick={() => setStep('no')}>
        <Trans>Decline</Trans>
      </Button>
      <Dialog
        title={<Trans>Register this person with {to.name}?</Trans>}
        open={step === 'yes'}
        onClose={() => setStep(undefined)}
        actions={
          <>
            <Button pending={work.pending} onClick={() => void accept()}>
              <Trans>Yes, accept</Trans>
            </Button>
            <Button variant="link" onClick={() => setStep(undefined)}>
              <Trans>Not now</Trans>
            </Button>
          </>
        }
      >
        <p>
          <Trans>This happens straight away. The person is told.</Trans>
        </p>
        <WhoSeesAfter {...{ by, to, stays }} />
        <HandOverProblem failure={work.failure} />
      </Dialog>
    </section>
  )
}
