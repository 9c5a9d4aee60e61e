import type { Consent } from '@medplum/fhirtypes'
import { type AccessLabel, sharedAccessLabels } from '#domain/access/labels/access-label.ts'
import { consentedLabelsFor } from './consent.ts'
import { endOfShare } from './shares.ts'

/** What became of a share that goes on: parts that are shown or hidden now, and whether it ends on another day. */
export type ShareChange = Readonly<{
  more: readonly AccessLabel[]
  less: readonly AccessLabel[]
  /** parts that they can write in now, and no longer */
  writes: readonly AccessLabel[]
  noLongerWrites: readonly AccessLabel[]
  /** its last day now, or that it has none; absent: as before */
  until?: string | 'no-end'
}>

type Told = Readonly<{ before: Consent; after: Consent; reference: string; day: string }>

/** Undefined if it gives somebody the same as before, until the same day. */
export function shareChange({ before, after, reference, day }: Told): ShareChange | undefined {
  const was = consentedLabelsFor([before], reference, day)
  const is = consentedLabelsFor([after], reference, day)
  const without = (some: readonly AccessLabel[], others: readonly AccessLabel[]) =>
    sharedAccessLabels.filter((each) => some.includes(each) && !others.includes(each))
  const ended = endOfShare([before], reference)
  const ends = endOfShare([after], reference)
  const change: ShareChange = {
    ...{ more: without(is.read, was.read), less: without(was.read, is.read) },
    ...{ writes: without(is.write, was.write), noLongerWrites: without(was.write, is.write) },
    ...(ended === ends ? {} : { until: ends || 'no-end' }),
  }
  const parts = [change.more, change.less, change.writes, change.noLongerWrites].flat()
  return parts.length > 0 || change.until ? change : undefined
}
