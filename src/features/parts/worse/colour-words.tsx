import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { WhatIfLevel } from '#domain/plan/plan.ts'
import type { ColourNow } from '#domain/plan/worse/day-colour.ts'
import { RelativeTime } from '#features/parts/relative-time.tsx'

export const colourLabels: Readonly<Record<WhatIfLevel, MessageDescriptor>> = {
  green: msg`Green`,
  amber: msg`Amber`,
  red: msg`Red`,
}

type Props = Readonly<{ colour: ColourNow | undefined }>

/** Whose word today’s colour is, since when, and until when it counts. */
export function ColourWords({ colour }: Props) {
  const { i18n } = useLingui()
  if (!colour) return <Trans>Today: not said</Trans>
  const { by, at, colour: level } = colour.said
  const name = i18n._(colourLabels[level])
  if (!colour.isCurrent)
    return (
      <Trans>
        Today: not said. Last said: {name}, <RelativeTime at={at} />, says {by.name}
      </Trans>
    )
  return (
    <Trans>
      {name} since <RelativeTime at={at} />, says {by.name}
    </Trans>
  )
}
