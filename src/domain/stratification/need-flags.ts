import type { Stratum } from './stratum.ts'

/**
 * Needs that no score counts. Both are our own, not published: `coordination-risk`, three services or more in twelve
 * months and nobody coordinates; `persistent-high-use`, two emergency stays or more in each of the last two years.
 */
export const needFlags = ['coordination-risk', 'persistent-high-use'] as const
export type NeedFlag = (typeof needFlags)[number]

const rules: Readonly<
  Record<NeedFlag, (facts: Pick<Stratum, 'changeable' | 'persistent'>) => boolean>
> = {
  'coordination-risk': ({ changeable }) => changeable.includes('many-services'),
  'persistent-high-use': ({ persistent }) => persistent,
}

export const needFlagsFor = (
  facts: Pick<Stratum, 'changeable' | 'persistent'>,
): readonly NeedFlag[] => needFlags.filter((each) => rules[each](facts))
