import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { urgentWordsIn } from '#domain/message/urgent-words.ts'
import { Notice } from '#ui/feedback/notice.tsx'

type Props = Readonly<{ words: string; whatNow: ReactNode }>

/** What is being written sounds urgent: what to do now comes before the button to send. It holds nothing back. */
export function UrgentNote({ words, whatNow }: Props) {
  const isUrgent = urgentWordsIn(words).length > 0
  return (
    <div aria-live="polite">
      {isUrgent ? (
        <Notice tone="warning" title={<Trans>Is this urgent? Do not wait for an answer</Trans>}>
          <p>
            <Trans>Some of these words sound urgent. Nobody may read this message today.</Trans>
          </p>
          {whatNow}
          <p>
            <Trans>You can still send it.</Trans>
          </p>
          <p className="gable-meta">
            <Trans>No doctor or nurse has checked our list of such words yet.</Trans>
          </p>
        </Notice>
      ) : null}
    </div>
  )
}
