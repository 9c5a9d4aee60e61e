import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { NeedFlag } from '#domain/stratification/need-flags.ts'
import type { LifeSegment } from '#domain/stratification/segments.ts'

export const segmentLabels: Readonly<Record<LifeSegment, MessageDescriptor>> = {
  'last-year': msg`Palliative care`,
  'frailty-dementia': msg`Frailty or dementia`,
  'organ-failure': msg`Failing heart, lungs, kidneys, liver or nerves`,
  'incurable-cancer': msg`Cancer that has spread`,
  disability: msg`Disability`,
  'long-term': msg`Long-term conditions`,
  maternal: msg`Pregnancy`,
  well: msg`Mostly well`,
  unknown: msg`Not known: nothing coded`,
}

/** Needs that no score counts: our own figures. */
export const needFlagLabels: Readonly<Record<NeedFlag, MessageDescriptor>> = {
  'coordination-risk': msg`Three services or more in a year, and nobody coordinates`,
  'persistent-high-use': msg`Two emergency stays or more in each of the last two years`,
}

export const orderLabels: Readonly<
  Record<'chance' | 'changeable' | 'line' | 'frailty', MessageDescriptor>
> = {
  chance: msg`Chance of an emergency stay`,
  changeable: msg`What we could change`,
  line: msg`Chance in tens, then what we could change`,
  frailty: msg`Frailty`,
}
