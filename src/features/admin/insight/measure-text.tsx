import { Trans } from '@lingui/react/macro'
import type { Measure } from '#domain/case/measures.ts'

/** A count, or that it is too small to be shown. */
export function MeasureText({ measure }: { measure: Measure }) {
  if ('count' in measure) return measure.count
  return <Trans>fewer than {measure.fewerThan}</Trans>
}
