import type { Who } from '#domain/plan/plan.ts'

export type ReadingKind = 'weight' | 'blood-pressure' | 'oxygen' | 'glucose' | 'pulse'
export const readingKinds: readonly ReadingKind[] = [
  'weight',
  'blood-pressure',
  'oxygen',
  'glucose',
  'pulse',
]

export type KindFacts = Readonly<{
  /** LOINC */
  loinc: string
  /** UCUM, as it is kept and as it is read */
  ucum: string
  unit: string
  /** values outside cannot be a measurement of a living adult: they are refused */
  possible: readonly [low: number, high: number]
  /** values outside are rare enough to be asked about again */
  usual: readonly [low: number, high: number]
}>

/** The ranges catch typing mistakes; they say nothing about what is well. Limits are agreed person by person. */
export const kindFacts: Readonly<Record<ReadingKind, KindFacts>> = {
  weight: { loinc: '29463-7', ucum: 'kg', unit: 'kg', possible: [20, 400], usual: [35, 200] },
  'blood-pressure': {
    ...{ loinc: '85354-9', ucum: 'mm[Hg]', unit: 'mmHg' },
    ...{ possible: [40, 300], usual: [80, 200] },
  },
  oxygen: { loinc: '59408-5', ucum: '%', unit: '%', possible: [40, 100], usual: [80, 100] },
  glucose: {
    loinc: '15074-8',
    ucum: 'mmol/L',
    unit: 'mmol/L',
    possible: [0.5, 60],
    usual: [3, 25],
  },
  pulse: { loinc: '8867-4', ucum: '/min', unit: 'a minute', possible: [20, 300], usual: [40, 140] },
}

/** One measurement. `second` is the lower number of a blood pressure. `at`: instant, or the day when no more is known. */
export type Reading = Readonly<{
  id: string
  person: string
  kind: ReadingKind
  value: number
  second?: number
  at: string
  by?: Who
}>

/** A measurement in a unit that we cannot compare with a limit. `written`: as it stands in the record. */
export type UncomparedReading = Readonly<{
  id: string
  person: string
  kind: ReadingKind
  at: string
  written: string
}>

export type ReadingProblem =
  | 'not-a-number'
  | 'too-low'
  | 'too-high'
  | 'lower-number'
  | 'no-day'
  | 'in-the-future'
  | 'long-ago'

const lowerNumber = [20, 200] as const

/** Why a reading cannot be kept; undefined when it can. `now`: instant. */
export function problemWith(
  reading: Pick<Reading, 'kind' | 'value' | 'second' | 'at'>,
  now: string,
): ReadingProblem | undefined {
  const [low, high] = kindFacts[reading.kind].possible
  if (!Number.isFinite(reading.value)) return 'not-a-number'
  if (reading.value < low) return 'too-low'
  if (reading.value > high) return 'too-high'
  if (reading.kind === 'blood-pressure' && !isLowerNumber(reading)) return 'lower-number'
  return problemWithTime(Date.parse(reading.at), Date.parse(now))
}

const year = 366 * 86_400_000

/** A year ago and more is a slip of the keyboard, not a reading that somebody watches. */
function problemWithTime(at: number, now: number): ReadingProblem | undefined {
  if (Number.isNaN(at)) return 'no-day'
  if (at > now) return 'in-the-future'
  return now - at > year ? 'long-ago' : undefined
}

function isLowerNumber({ value, second }: Pick<Reading, 'value' | 'second'>): boolean {
  if (second === undefined || !Number.isFinite(second)) return false
  return second >= lowerNumber[0] && second <= lowerNumber[1] && second < value
}

/** Possible, but rare enough to ask "is that right?" before it is kept. */
export function isUnusual({ kind, value }: Pick<Reading, 'kind' | 'value'>): boolean {
  const [low, high] = kindFacts[kind].usual
  return value < low || value > high
}

/** A number as people type it, with a point or a comma; NaN when it is none. */
export function numberFrom(text: string): number {
  const plain = text.trim().replace(',', '.')
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN
}
