import { Trans, useLingui } from '@lingui/react/macro'
import type { Measure } from '#domain/case/measures.ts'

/** A count as it may be shown. */
export function CountText({ of }: { of: Measure }) {
  const { i18n } = useLingui()
  return 'count' in of ? i18n.number(of.count) : <Trans>fewer than {of.fewerThan}</Trans>
}
