import type { XmrOptions } from './xmr.ts'
import type { XmrValue } from './xmr-limits.ts'

/** The most values of one chart. */
const mostXmrValues = 1_000
const fewestToFix = 12

/** Why no chart can be made of this, in words; undefined if one can. */
export function xmrFault(values: readonly XmrValue[], options: XmrOptions): string | undefined {
  const known = values.filter((value) => value !== null)
  if (known.some((value) => !Number.isFinite(value))) return 'A value is not a number'
  if (values.length > mostXmrValues) return `A chart takes at most ${mostXmrValues} values`
  if (known.length < 2) return 'A chart needs at least 2 values'
  if (options.target !== undefined && !Number.isFinite(options.target))
    return 'The target is not a number'
  return fixFault(options) ?? rebaseFault(values.length, options)
}

function fixFault({ fixAfter }: XmrOptions): string | undefined {
  const isFine = fixAfter === undefined || (Number.isInteger(fixAfter) && fixAfter >= fewestToFix)
  return isFine ? undefined : `fixAfter must be a whole number of ${fewestToFix} or more`
}

function rebaseFault(count: number, { rebases = [] }: XmrOptions): string | undefined {
  const places = rebases.map(({ at }) => at)
  if (places.some((at) => !Number.isInteger(at) || at < 2 || at > count))
    return `A new group begins at a value from 2 to ${count}`
  if (new Set(places).size < places.length) return 'Two new groups begin at the same value'
  if (rebases.some(({ reason }) => reason.trim() === ''))
    return 'Say for each new group why the limits are worked out again'
  return undefined
}
