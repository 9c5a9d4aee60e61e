import { Trans, useLingui } from '@lingui/react/macro'
import { useLocation } from 'react-router'
import { Notice } from '#ui/feedback/notice.tsx'
import { Button } from '#ui/layout/button.tsx'
import { useReadAloud } from './use-read-aloud.ts'

type Props = Readonly<{
  /** id of the part that is read; absent: the whole page */
  part?: string
}>

/** Reads the page, or a part of it, aloud with the device's own voice, and says so if the device has none. */
export function ReadAloudLink({ part }: Props) {
  const { pathname } = useLocation()
  const { reading, start, pause, goOn, stop } = useReadAloud(pathname, part)
  const isOn = reading.state === 'reading' || reading.state === 'paused'
  return (
    <>
      <Button
        variant="link"
        className="gable-read-link"
        pending={reading.state === 'starting'}
        onClick={isOn ? stop : start}
      >
        {isOn ? (
          <Trans>Stop reading</Trans>
        ) : part ? (
          <Trans>Hear it</Trans>
        ) : (
          <Trans>Read to me</Trans>
        )}
      </Button>
      {reading.state === 'no-voice' ? <NoVoice onClose={stop} /> : null}
      {isOn ? (
        <ReadingBar
          {...reading}
          isPaused={reading.state === 'paused'}
          onPause={pause}
          onGoOn={goOn}
          onStop={stop}
        />
      ) : null}
    </>
  )
}

function NoVoice({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  return (
    <Notice
      tone="warning"
      className="gable-no-voice"
      title={t`This device has no voice to read with`}
      actions={
        <Button variant="link" onClick={onClose}>
          <Trans>Close</Trans>
        </Button>
      }
    >
      <Trans>
        You can add one in the settings of your device. Or ask someone to read it to you.
      </Trans>
    </Notice>
  )
}

type BarProps = Readonly<{
  sentence: string
  at: number
  of: number
  isPaused: boolean
  onPause: () => void
  onGoOn: () => void
  onStop: () => void
}>

/** At the bottom of the window, over the page: what is being read, and how to pause and stop. Escape stops too. */
function ReadingBar({ sentence, at, of, isPaused, onPause, onGoOn, onStop }: BarProps) {
  const { t } = useLingui()
  return (
    <section
      className="gable-reading-bar"
      aria-label={t`Reading aloud`}
      data-not-read
      onKeyDown={(event) => {
        if (event.key === 'Escape') onStop()
      }}
    >
      <p aria-hidden="true">{sentence}</p>
      <div>
        <Button variant="outline" autoFocus onClick={isPaused ? onGoOn : onPause}>
          {isPaused ? <Trans>Go on reading</Trans> : <Trans>Pause</Trans>}
        </Button>
        <Button variant="link" onClick={onStop}>
          <Trans>Stop</Trans>
        </Button>
        <span className="gable-meta">
          <Trans>
            Sentence {at} of {of}
          </Trans>
        </span>
      </div>
    </section>
  )
}
