import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { Measure } from '#domain/case/measures.ts'

/** A count as it may be shown. */
export function Count({ of }: { of: Measure }) {
  const { i18n } = useLingui()
  if ('count' in of) return i18n.number(of.count)
  if (of.fewerThan === 0) return <Trans>not shown</Trans>
  return <Trans>fewer than {of.fewerThan}</Trans>
}

/** A count of people. */
export function People({ of }: { of: Measure }) {
  if ('count' in of) return <Plural value={of.count} one="# person" other="# people" />
  return (
    <>
      <Count of={of} /> <Trans>people</Trans>
    </>
  )
}

/** A share as people say it: whole, in 100. Unknown if it may not be shown. */
export function PercentText({ of }: { of: number | undefined }) {
  if (of === undefined) return <Trans>not shown</Trans>
  return <>{Math.round(of)}%</>
}

export const countIn = (of: Measure): number => ('count' in of ? of.count : 0)
