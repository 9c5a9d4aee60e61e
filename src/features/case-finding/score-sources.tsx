import { Trans } from '@lingui/react/macro'
import type { ComponentProps, ReactNode } from 'react'
import { ScoreReasons } from './score-reasons.tsx'

type SourcesProps = ComponentProps<typeof ScoreReasons> & Readonly<{ children: ReactNode }>

/** Codes, exact dates, versions and papers of a score, one click behind it. */
export function ScoreSources({ children, ...table }: SourcesProps) {
  return (
    <details className="score__sources">
      <summary>
        <Trans>Codes and sources</Trans>
      </summary>
      {table.reasons.length > 0 ? <ScoreReasons {...table} /> : null}
      {children}
    </details>
  )
}
