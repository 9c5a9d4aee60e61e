import { Trans } from '@lingui/react/macro'
import type { FairVerdict } from '#domain/population/compared.ts'

/** What a comparison says, as a shape and in words. */
export function VerdictMark({ verdict }: { verdict: FairVerdict }) {
  return (
    <span className={`population-verdict population-verdict--${verdict}`}>
      <svg viewBox="0 0 18 18" aria-hidden="true">
        <Shape verdict={verdict} />
      </svg>
      <Words verdict={verdict} />
    </span>
  )
}

function Words({ verdict }: { verdict: FairVerdict }) {
  if (verdict === 'fewer') return <Trans>Fewer than expected</Trans>
  if (verdict === 'more') return <Trans>More than expected</Trans>
  if (verdict === 'expected') return <Trans>As expected</Trans>
  if (verdict === 'few') return <Trans>Too few to tell</Trans>
  return verdict === 'hidden' ? <Trans>Too few to show</Trans> : <Trans>Not shown</Trans>
}

function Shape({ verdict }: { verdict: FairVerdict }) {
  if (verdict === 'fewer')
    return (
      <>
        <path d="M9 1.5L17 16H1z" fill="currentColor" />
        <path d="M9 6.5v5m0 1.6v1.4" stroke="#fff" strokeWidth="1.8" />
      </>
    )
  if (verdict === 'more')
    return <path d="M9 1l8 8-8 8-8-8z" fill="none" stroke="currentColor" strokeWidth="2" />
  if (verdict === 'expected')
    return (
      <>
        <circle cx="9" cy="9" r="8.5" fill="currentColor" />
        <path d="M5 9.5l3 3 5-6" stroke="#fff" strokeWidth="2" fill="none" />
      </>
    )
  return (
    <circle
      cx="9"
      cy="9"
      r="7.5"
      stroke="currentColor"
      strokeWidth="2"
      strokeDasharray="3 2.5"
      fill="none"
    />
  )
}
