import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { acceptHandOver, endHandOver } from '#client/queries/coordination/hand-over.ts'
import type { HandOver } from '#domain/team/hand-over.ts'
import type { Stays } from '#domain/team/who-stays.ts'
import { ConfirmAction } from '#features/parts/confirm-action.tsx'
import { WhoSeesAfter } from '#features/parts/who-sees-after.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { HandOverProblem } from './hand-over-problem.tsx'
import { HandOverReason } from './hand-over-reason.tsx'

/** The practice that was asked accepts or declines. */
export function AnswerHandOver({
  handOver,
  stays,
}: Readonly<{ handOver: HandOver; stays: Stays }>) {
  const { t } = useLingui()
  const [declines, setDeclines] = useState(false)
  const { by, to, from } = handOver
  if (declines)
    return (
      <HandOverReason
        draft={`hand-over-no:${handOver.id}`}
        label={<Trans>Why you are declining</Trans>}
        verb={<Trans>Decline</Trans>}
        onLeave={() => setDeclines(false)}
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
        <ConfirmAction
          verb={<Trans>Accept this person</Trans>}
          variant="filled"
          title={<Trans>Register this person with {to.name}?</Trans>}
          yes={<Trans>Yes, accept</Trans>}
          no={<Trans>Not now</Trans>}
          run={() => acceptHandOver(handOver)}
          done={() => toast(<Trans>Registered with {to.name} now</Trans>)}
          failed={(failure) => <HandOverProblem failure={failure} />}
        >
          <p>
            <Trans>This happens straight away. The person is told.</Trans>
          </p>
          <WhoSeesAfter {...{ by, to, stays }} />
        </ConfirmAction>
      )}
      <Button variant="outline" onClick={() => setDeclines(true)}>
        <Trans>Decline</Trans>
      </Button>
    </section>
  )
}
