import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Notice } from '#ui/feedback/notice.tsx'
import { ProgressLine } from '#ui/feedback/progress-line.tsx'
import { Button } from '#ui/layout/button.tsx'

type Working = Readonly<{
  /** how many people have not been worked out for today */
  left: number
  isStopped: boolean
  setStopped: (isStopped: boolean) => void
}>

/** That a list is not up to date yet, how far working it out is, and how to stop that and begin again. */
export function WorkingOut({ left, isStopped, setStopped }: Working) {
  const { i18n } = useLingui()
  const [all, setAll] = useState(left)
  if (left > all || (left === 0 && all > 0)) setAll(left)
  if (left === 0) return null
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
            value={left}
            one="# person is shown and counted as they were before. They are worked out when somebody opens a list again."
            other="# people are shown and counted as they were before. They are worked out when somebody opens a list again."
          />
        </p>
      </Notice>
    )
  const [done, of] = [i18n.number(all - left), i18n.number(all)]
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
        value={all - left}
        max={all}
        label={
          <Trans>
            Working out lists: {done} of {of} people
          </Trans>
        }
      />
    </Notice>
  )
}
