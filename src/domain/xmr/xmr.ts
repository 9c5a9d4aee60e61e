import { type XmrLimits, type XmrValue, xmrLimits } from './xmr-limits.ts'
import { type XmrSignal, xmrSignals } from './xmr-rules.ts'

export const improvementDirections = ['increase', 'decrease', 'neutral'] as const
/** Which way is better. */
export type ImprovementDirection = (typeof improvementDirections)[number]

/** What one value is: `high` and `low` are more than chance where neither way is better. */
const xmrKinds = ['common', 'improvement', 'concern', 'high', 'low'] as const
export type XmrKind = (typeof xmrKinds)[number]

/** Whether the target is met by itself: always, never, or now and then by chance. */
export type XmrAssurance = 'pass' | 'fail' | 'inconsistent' | 'none'

/** `at`: the place of the first value of the new group, counted from 1. */
export type XmrRebase = Readonly<{ at: number; reason: string }>

export type XmrOptions = Readonly<{
  direction: ImprovementDirection
  target?: number | undefined
  /** leave out moving ranges that are far too wide; on where nothing is said */
  screening?: boolean | undefined
  /** mean and limits from the first so many values of each group; 12 or more */
  fixAfter?: number | undefined
  rebases?: readonly XmrRebase[] | undefined
}>

export type XmrGroup = Readonly<{
  at: number
  count: number
  reason?: string
  /** undefined: no two values stand beside each other */
  limits: XmrLimits | undefined
}>

export type XmrPoint = Readonly<{
  value: XmrValue
  /** place of its group, from 0 */
  group: number
  kind: XmrKind
  signal: XmrSignal | undefined
}>

export type XmrChart = Readonly<{
  groups: readonly XmrGroup[]
  points: readonly XmrPoint[]
  /** what the last value is */
  variation: XmrKind
  assurance: XmrAssurance
}>

/** A chart of single values and moving ranges; the rules are those of Making Data Count. */
export function xmr(values: readonly XmrValue[], options: XmrOptions): XmrChart {
  const groups = groupsOf(values, options)
  const points = groups.flatMap((group, index) => {
    const own = values.slice(group.at - 1, group.at - 1 + group.count)
    return xmrSignals(own, group.limits).map((signal, at) => ({
      value: own[at] ?? null,
      group: index,
      kind: kindOf(signal, options.direction),
      signal,
    }))
  })
  return {
    groups,
    points,
    variation: points.findLast(({ value }) => value !== null)?.kind ?? 'common',
    assurance: assuranceOf(groups.at(-1)?.limits, options),
  }
}

function groupsOf(
  values: readonly XmrValue[],
  { rebases = [], screening = true, fixAfter }: XmrOptions,
): readonly XmrGroup[] {
  const starts: readonly (Omit<XmrRebase, 'reason'> & { reason?: string })[] = [
    { at: 1 },
    ...rebases.toSorted((one, other) => one.at - other.at),
  ]
  return starts.map((start, index) => {
    const end = starts[index + 1]?.at ?? values.length + 1
    const own = values.slice(start.at - 1, end - 1)
    return { ...start, count: own.length, limits: xmrLimits(own, { screening, fixAfter }) }
  })
}

function kindOf(signal: XmrSignal | undefined, direction: ImprovementDirection): XmrKind {
  if (!signal) return 'common'
  if (direction === 'neutral') return signal.side
  return (signal.side === 'high') === (direction === 'increase') ? 'improvement' : 'concern'
}

/** By the limits of the last group: what the target would be if nothing changed. */
function assuranceOf(
  limits: XmrLimits | undefined,
  { target, direction }: XmrOptions,
): XmrAssurance {
  if (target === undefined || direction === 'neutral' || !limits) return 'none'
  const tolerance =
    Math.max(Math.abs(target), Math.abs(limits.upper), Math.abs(limits.lower)) * 1e-9
  if (target - limits.upper > tolerance) return direction === 'increase' ? 'fail' : 'pass'
  if (limits.lower - target > tolerance) return direction === 'increase' ? 'pass' : 'fail'
  return 'inconsistent'
}
