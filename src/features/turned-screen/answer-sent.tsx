import { Trans } from '@lingui/react/macro'
import { useEffect } from 'react'
import type { TurnedScreen } from '#client/session/turned-screen.ts'
import { Button } from '#ui/layout/button.tsx'
import { forgetKept, sendKept, useKeptAnswer } from './kept-answer.ts'

const again = 10_000

/** What became of the answer: sent, waiting for a connection, or not taken. */
export function AnswerSent(props: Readonly<{ turned: TurnedScreen; onBack: () => void }>) {
  const { turned, onBack } = props
  const { state, kept, why } = useKeptAnswer()
  useSendAgain(state === 'waiting')
  const { name } = turned.by
  return (
    <>
      <div role="status">
        <h1 tabIndex={-1}>
          {state === 'sent' ? <Trans>Thank you. Your answer is saved.</Trans> : null}
          {state === 'sending' ? <Trans>Saving your answer</Trans> : null}
          {state === 'waiting' ? <Trans>Your answer is kept on this tablet</Trans> : null}
          {state === 'refused' ? <Trans>Your answer could not be saved</Trans> : null}
        </h1>
      </div>
      {state === 'waiting' ? (
        <p>
          <Trans>
            There is no connection. Your answer is sent as soon as there is one. It is for the plan
            as you have just read it. If the plan has changed by then, {name} will ask you again.
          </Trans>
        </p>
      ) : null}
      {state === 'refused' ? (
        <>
          <p>
            <Trans>
              Give the tablet back to {name}. {name} can read here what you said.
            </Trans>
          </p>
          {[kept?.words, ...(kept?.notAgreed ?? []).map(({ words }) => words)]
            .filter(Boolean)
            .map((words) => (
              <blockquote key={words} className="gable-words">
                {words}
              </blockquote>
            ))}
          <p className="turned__why">{why}</p>
        </>
      ) : null}
      <div className="turned__ways">
        <Button onClick={onBack}>
          <Trans>Give the tablet back to {name}</Trans>
        </Button>
        {state === 'sent' ? (
          <Button variant="outline" onClick={forgetKept}>
            <Trans>Read it again</Trans>
          </Button>
        ) : null}
      </div>
    </>
  )
}

function useSendAgain(isWaiting: boolean): void {
  useEffect(() => {
    if (!isWaiting) return
    const send = () => void sendKept()
    const beat = setInterval(send, again)
    addEventListener('online', send)
    return () => {
      clearInterval(beat)
      removeEventListener('online', send)
    }
  }, [isWaiting])
}
