import { Trans } from '@lingui/react/macro'
import type { ConditionMet } from '#domain/carer/eligibility.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'

/** Whether one condition of the law is met, as the answers have it. */
export function ConditionMark({ met }: { met: ConditionMet }) {
  if (met === 'not-answered')
    return (
      <StateMark state="missing">
        <Trans>Not answered yet</Trans>
      </StateMark>
    )
  return (
    <StateMark state={met === 'met' ? 'agreed' : 'failed'}>
      {met === 'met' ? <Trans>Met</Trans> : <Trans>Not met</Trans>}
    </StateMark>
  )
}
