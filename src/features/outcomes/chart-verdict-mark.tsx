import { Trans } from '@lingui/react/macro'
import type { ChartVerdict } from '#domain/outcome/measure-verdict.ts'

/** The verdict: a shape and a word, the same shape as in the chart. */
export function ChartVerdictMark({ verdict }: { verdict: ChartVerdict }) {
  return (
    <p className={`outcomes__verdict outcomes__verdict--${verdict}`}>
      <VerdictWord verdict={verdict} />
    </p>
  )
}

function VerdictWord({ verdict }: { verdict: ChartVerdict }) {
  if (verdict === 'better') return <Trans>Better</Trans>
  if (verdict === 'worse') return <Trans>Worse</Trans>
  if (verdict === 'moved') return <Trans>Changed</Trans>
  if (verdict === 'too-early') return <Trans>Too early to say</Trans>
  return <Trans>No real change</Trans>
}
