import type { CharlsonGroup } from '#domain/risk/charlson-groups.ts'
import { type Deficit, deficits } from '#domain/risk/deficits.ts'
import { type LifeSegment, segments } from '#domain/stratification/segments.ts'

/** Conditions that a line can name: those that the scores know, whatever code system they were written in. */
const ofCharlson = ['dementia', 'cpd', 'canc', 'metacanc', 'hp', 'msld'] as const
export type RuleCondition = Exclude<Deficit, 'polypharmacy'> | (typeof ofCharlson)[number]
const ruleConditions: readonly RuleCondition[] = [
  ...deficits.filter((each): each is Exclude<Deficit, 'polypharmacy'> => each !== 'polypharmacy'),
  ...(ofCharlson satisfies readonly CharlsonGroup[]),
]

/** A number in a line: from, to, what a new line begins with, and what is offered to choose from. */
export type Slot = Readonly<{ from: number; to: number; start: number; steps: readonly number[] }>

type LineShape = Readonly<{
  count?: Slot
  months?: Slot
  among?: readonly string[]
  /** which way more people fit: a smaller or a larger number */
  wider?: Readonly<{ slot: 'count' | 'months'; by: 'less' | 'more' }>
  /** the record says what it was a year ago */
  hadBefore: boolean
}>

const slot = (from: number, to: number, start: number, steps: readonly number[]): Slot => ({
  ...{ from, to, start, steps },
})
const fewer = { slot: 'count', by: 'less' } as const
const upTo = (to: number) => Array.from({ length: to }, (_, at) => at + 1)
const monthSteps = [1, 3, 6, 9, 12, 15, 18, 24]

/** Every condition that a line can set, and the bounds of its numbers. Nothing else can be in a rule. */
const ruleLineShapes = {
  age: {
    count: slot(1, 110, 65, [18, 40, 50, 55, 60, 65, 70, 75, 80, 85, 90]),
    ...{ wider: fewer, hadBefore: true },
  },
  conditions: {
    ...{ count: slot(1, 10, 2, upTo(6)), among: ruleConditions, wider: fewer, hadBefore: true },
  },
  'emergency-stay': {
    ...{ count: slot(1, 10, 1, upTo(6)), months: slot(1, 24, 12, monthSteps) },
    ...{ wider: { slot: 'months', by: 'more' }, hadBefore: true },
  },
  frailty: { count: slot(1, 35, 5, upTo(12)), wider: fewer, hadBefore: false },
  'frailty-up': {
    ...{ count: slot(1, 10, 2, upTo(5)), months: slot(12, 24, 24, [12, 24]) },
    ...{ wider: fewer, hadBefore: true },
  },
  alone: { hadBefore: false },
  medicines: { count: slot(1, 40, 10, [5, 8, 10, 12, 15]), wider: fewer, hadBefore: false },
  segment: { among: segments.filter((each) => each !== 'unknown'), hadBefore: false },
  chance: {
    count: slot(1, 95, 30, [5, 10, 15, 20, 25, 30, 40, 50, 60]),
    ...{ wider: fewer, hadBefore: false },
  },
  'not-seen': {
    ...{ months: slot(1, 24, 12, [3, 6, 9, 12, 18, 24]) },
    ...{ wider: { slot: 'months', by: 'less' }, hadBefore: false },
  },
  'many-services': { hadBefore: false },
  'high-use': { hadBefore: false },
  activation: {
    ...{ count: slot(1, 4, 2, upTo(4)), wider: { slot: 'count', by: 'more' }, hadBefore: false },
  },
  caseload: { hadBefore: false },
  'not-now': { hadBefore: false },
  'care-home': { hadBefore: false },
} as const satisfies Readonly<Record<string, LineShape>>

export type RuleLineKind = keyof typeof ruleLineShapes
export const ruleLineKinds = Object.keys(ruleLineShapes) as readonly RuleLineKind[]
export const ruleLineShape = (kind: RuleLineKind): LineShape => ruleLineShapes[kind]

/** One line of the sentence. `but`: it takes away whom it describes (“but not on a caseload”). */
export type RuleLine = Readonly<{
  kind: RuleLineKind
  but: boolean
  count?: number
  months?: number
  among?: readonly string[]
}>

export type RuleSegment = LifeSegment

export const mostRuleLines = 12

/** A new line, with the numbers that it begins with. Of a list nothing is chosen yet. */
export function newRuleLine(kind: RuleLineKind): RuleLine {
  const { count, months, among } = ruleLineShape(kind)
  return {
    ...{ kind, but: ['caseload', 'not-now', 'care-home'].includes(kind) },
    ...(count ? { count: count.start } : {}),
    ...(months ? { months: months.start } : {}),
    ...(among ? { among: [] } : {}),
  }
}

const lineFaults = ['number', 'months', 'choose', 'too-many-of'] as const
export type RuleLineFault = (typeof lineFaults)[number]

/** What is wrong with a line; undefined: it can be tried. */
export function ruleLineFault(line: RuleLine): RuleLineFault | undefined {
  const shape = ruleLineShape(line.kind)
  if (!fits(shape.count, line.count)) return 'number'
  if (!fitsMonths(line, shape.months)) return 'months'
  if (!shape.among) return line.among && line.among.length > 0 ? 'choose' : undefined
  return amongFault(line, shape.among)
}

function fits(bounds: Slot | undefined, value: number | undefined): boolean {
  if (!bounds) return value === undefined
  return (
    value !== undefined && Number.isInteger(value) && value >= bounds.from && value <= bounds.to
  )
}

/** The frailty count is known as of a year ago and of two, and not between. */
const fitsMonths = ({ kind, months }: RuleLine, bounds: Slot | undefined) =>
  fits(bounds, months) &&
  (kind !== 'frailty-up' || bounds?.steps.some((each) => each === months) === true)

function amongFault({ among = [], count = 1 }: RuleLine, words: readonly string[]) {
  const chosen = new Set(among)
  if (chosen.size === 0 || chosen.size !== among.length) return 'choose'
  if (among.some((each) => !words.includes(each))) return 'choose'
  return count > chosen.size ? 'too-many-of' : undefined
}

const ruleFaults = ['no-lines', 'only-but', 'too-many-lines', 'line'] as const
export type RuleFault = (typeof ruleFaults)[number]

/** Why a sentence cannot be tried yet; undefined: it can. */
export function ruleFault(lines: readonly RuleLine[]): RuleFault | undefined {
  if (lines.length === 0) return 'no-lines'
  if (lines.length > mostRuleLines) return 'too-many-lines'
  if (lines.some((each) => ruleLineFault(each) !== undefined)) return 'line'
  return lines.every(({ but }) => but) ? 'only-but' : undefined
}

/** Whether two sentences say the same. */
export const sameLines = (one: readonly RuleLine[], other: readonly RuleLine[]): boolean =>
  JSON.stringify(one.map(inOrder)) === JSON.stringify(other.map(inOrder))

const inOrder = ({ kind, but, count, months, among }: RuleLine) => [
  ...[kind, but, count ?? null, months ?? null],
  among ?? null,
]

/** The line one step wider, so that somebody who just misses it fits; undefined: it cannot be wider. */
export function widerLine(line: RuleLine): RuleLine | undefined {
  const shape = ruleLineShape(line.kind)
  if (!shape.wider) return undefined
  const { slot: name, by } = shape.wider
  const [bounds, stands] = [shape[name], line[name]]
  if (!bounds || stands === undefined) return undefined
  // a line that takes people away is wider for the rule when it describes fewer
  const isMore = (by === 'more') !== line.but
  const next = isMore
    ? bounds.steps.find((each) => each > stands)
    : bounds.steps.findLast((each) => each < stands)
  const wider = next === undefined ? undefined : { ...line, [name]: next }
  return wider && ruleLineFault(wider) === undefined ? wider : undefined
}

/** Whether a line can be asked as of a year ago. Stays are known for two years. */
export const wasKnownBefore = ({ kind, months = 0 }: RuleLine): boolean =>
  ruleLineShape(kind).hadBefore && (kind === 'conditions' || months <= 12)
