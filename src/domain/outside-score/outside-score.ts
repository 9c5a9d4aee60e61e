import { instrumentNamed } from './outside-instrument.ts'

/** A score that somebody else worked out. */
export type OutsideScore = Readonly<{
  /** the code of its instrument */
  code: string
  name: string
  value: number
  unit?: string
  band?: string
  /** the day for which it was worked out, `YYYY-MM-DD` */
  day: string
  version?: string
  /** who worked it out */
  source: string
}>

/** Why a value cannot be one of its instrument; undefined if it can, or if the instrument is not known here. */
export function outsideFault({ name, value }: Pick<OutsideScore, 'name' | 'value'>) {
  const known = instrumentNamed(name)
  if (!known) return undefined
  const { lowest, highest, whole } = known
  if (value < lowest || value > highest)
    return `${known.name} is ${lowest} to ${highest} (${known.source}), and not ${value}`
  return whole && !Number.isInteger(value)
    ? `${known.name} is a whole number, and not ${value}`
    : undefined
}

/** Of each instrument the newest; of two on one day the one that was named later. */
export function newestScores(scores: readonly OutsideScore[]): readonly OutsideScore[] {
  const newest = new Map<string, OutsideScore>()
  for (const score of scores) {
    const known = newest.get(score.code)
    if (!known || score.day >= known.day) newest.set(score.code, score)
  }
  return [...newest.values()].toSorted((one, other) => one.name.localeCompare(other.name))
}

/** Older is shown as old: what somebody was a year ago is not what they are. Our own number. */
export const monthsUntilOld = 12
