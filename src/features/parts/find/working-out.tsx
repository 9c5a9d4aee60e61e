import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Notice } from '#ui/feedback/notice.tsx'
import { ProgressLine } from '#ui/feedback/progress-line.tsx'
import { Button } from '#ui/layout/button.tsx'

type Working = Readonly<{
  /** how many people have not been worked out for today, and how much of them altogether */
  left: Readonly<{ people: number; steps: number }>
  isStopped: boolean
  setStopped: (isStopped: boolean) => void
  /** the service did not answer; it is asked again later */
  isWaiting: boolean
}>

/** That a list is not up to date yet, how far working it out is, and how to stop that and begin again. */
export function WorkingOut({ left, isStopped, setStopped, isWaiting }: Working) {
  const { i18n } = useLingui()
  const [all, setAll] = useState(left.steps)
  if (left.steps > all) setAll(left.steps)
  if (isStopped)
    return (
      <Notice
        tone="warning"
        title={<Trans>This list is not up to date</Trans>}
        actions={
          <Button variant="outline" onClick={() => setStopped(false)}>
            <Trans>Work it out now</Trans>
          </Button>
        }
      >
        <p>
          <Plural
            value={left.people}
            one="# person is shown and counted as they were before. They are worked out when somebody opens a list again."
            other="# people are shown and counted as they were before. They are worked out when somebody opens a list again."
          />
        </p>
      </Notice>
    )
  const part = i18n.number(Math.floor(100 * (1 - left.steps / all)) / 100, { style: 'percent' })
  return (
    <Notice
      tone="info"
      title={<Trans>This list is not up to date yet</Trans>}
      actions={
        <Button variant="outline" onClick={() => setStopped(true)}>
          <Trans>Stop</Trans>
        </Button>
      }
    >
      <ProgressLine
        value={all - left.steps}
        max={all}
        label={
          isWaiting ? (
            <Trans>
              Working out lists: {part}. The service does not answer. We try again soon.
            </Trans>
          ) : (
            <Trans>Working out lists: {part}</Trans>
          )
        }
      />
    </Notice>
  )
}
