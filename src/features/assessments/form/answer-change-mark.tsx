import { Trans } from '@lingui/react/macro'
import type { AnswerChange } from '#domain/assessment/reassess/last-time.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'

/** How an answer changed since last time, in words and by shape. */
export function AnswerChangeMark({ change }: { change: AnswerChange }) {
  switch (change) {
    case 'same':
      return (
        <StateMark state="agreed">
          <Trans>Still so</Trans>
        </StateMark>
      )
    case 'worse':
      return (
        <StateMark state="due">
          <Trans>Changed: worse</Trans>
        </StateMark>
      )
    case 'better':
      return (
        <StateMark state="agreed">
          <Trans>Changed: better</Trans>
        </StateMark>
      )
    case 'new':
      return (
        <StateMark state="new">
          <Trans>New answer</Trans>
        </StateMark>
      )
    default:
      return (
        <StateMark state="writing">
          <Trans>Changed</Trans>
        </StateMark>
      )
  }
}
