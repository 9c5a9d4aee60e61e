import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import { nowHere } from '#client/clock.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { takeStep } from '#client/queries/meetings/meetings.ts'
import { longestMinutes, secondsLeft, type TeamTalk } from '#domain/meeting/team-talk.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { Button } from '#ui/layout/button.tsx'

/** Seconds left, while the clock runs. It is drawn again each second and never read aloud by itself. */
function useSecondsLeft(talk: TeamTalk): number {
  const [, tick] = useState(0)
  const isRunning = talk.runningSince !== undefined
  useEffect(() => {
    if (!isRunning) return undefined
    const each = setInterval(() => tick((count) => count + 1), 1000)
    return () => clearInterval(each)
  }, [isRunning])
  return secondsLeft(talk, nowHere())
}

/** What is left in words: “2 minutes 35 left”. Nothing happens when it is over. */
export function TimeLeft({ talk }: Readonly<{ talk: TeamTalk }>) {
  const left = useSecondsLeft(talk)
  const minutes = Math.floor(Math.abs(left) / 60)
  const seconds = String(Math.abs(left) % 60).padStart(2, '0')
  return (
    <span role="timer" aria-live="off" className="meeting-time">
      {left < 0 ? (
        <Trans>
          {minutes}:{seconds} over
        </Trans>
      ) : (
        <Trans>
          {minutes}:{seconds} left
        </Trans>
      )}
    </span>
  )
}

/** The clock of one person: it starts, stops, and can be given more or fewer minutes. */
export function TalkClock({ talk }: Readonly<{ talk: TeamTalk }>) {
  const { t } = useLingui()
  const saving = useSaveState()
  const step = (kind: 'start' | 'pause' | 'minutes', minutes = 0) =>
    saving.run(() => takeStep({ talk: talk.id, kind, minutes }))
  const isRunning = talk.runningSince !== undefined
  return (
    <div className="meeting-clock">
      <TimeLeft talk={talk} />
      <Button
        variant="outline"
        pending={saving.pending}
        onClick={() => step(isRunning ? 'pause' : 'start')}
      >
        {isRunning ? (
          <Trans>Stop the clock</Trans>
        ) : talk.used > 0 ? (
          <Trans>Go on</Trans>
        ) : (
          <Trans>Start the clock</Trans>
        )}
      </Button>
      <Button
        variant="link"
        aria-label={t`One minute less`}
        disabled={talk.minutes <= 1}
        onClick={() => step('minutes', talk.minutes - 1)}
      >
        <Trans>1 minute less</Trans>
      </Button>
      <Button
        variant="link"
        aria-label={t`One minute more`}
        disabled={talk.minutes >= longestMinutes}
        onClick={() => step('minutes', talk.minutes + 1)}
      >
        <Trans>1 minute more</Trans>
      </Button>
      <SaveNote saving={saving} />
    </div>
  )
}
