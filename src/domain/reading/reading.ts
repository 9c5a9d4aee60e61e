import { dayWritten } from '#domain/calendar/days.ts'
import { addDigits } from '#domain/decimal/digits.ts'
import type { Who } from '#domain/plan/plan.ts'

export const readingKinds = [
  'weight',
  'blood-pressure',
  'oxygen',
  'glucose',
  'pulse',
  'temperature',
  'peak-flow',
  'height',
] as const
export type ReadingKind = (typeof readingKinds)[number]

export type KindFacts = Readonly<{
  /** LOINC: the code that we write, and for which a limit is stored */
  loinc: string
  /** other codes for the same measurement, LOINC and SNOMED CT */
  also: readonly string[]
  /** UCUM, as it is stored and shown */
  ucum: string
  unit: string
  /** values outside cannot be a measurement of a living adult: they are refused */
  possible: readonly [low: number, high: number]
  /** values outside are rare enough to be asked about again */
  usual: readonly [low: number, high: number]
}>

/**
 * Codes under which others send the same measurement. LOINC: the vital-signs profiles of FHIR R4 (hl7.org/fhir/R4/
 * observation-vitalsigns.html), their older names and other methods. SNOMED CT: the observable entities that UK Core
 * and GP Connect use. Read in public profiles and implementations, not checked by a clinical coder.
 */
const alsoMeasured: Readonly<Record<ReadingKind, readonly string[]>> = {
  weight: ['3141-9', '3142-7', '8335-2', '27113001', '363808001', '162763007'],
  'blood-pressure': [
    ...['55284-4', '35094-2', '96607-7', '75367002', '163020007'],
    // an upper number without a lower one
    ...['8480-6', '271649006', '72313002'],
  ],
  oxygen: ['2708-6', '20564-1', '2710-2', '103228002', '431314004', '442476006'],
  glucose: [
    ...['2339-0', '2345-7', '14749-6', '14743-9', '41653-7', '32016-8', '2340-8'],
    ...['33747003', '434912009'],
  ],
  pulse: ['8889-8', '8893-0', '68999-2', '69000-8', '69001-6', '40443-4', '78564009', '364075005'],
  temperature: ['8331-1', '8328-7', '8329-5', '8332-9', '386725007', '276885007'],
  'peak-flow': ['33452-4', '18491006'],
  height: ['3137-7', '3138-5', '8301-4', '50373000', '248333004'],
}

/** The ranges catch typing mistakes; they say nothing about health. Limits are agreed person by person. */
export const kindFacts: Readonly<Record<ReadingKind, KindFacts>> = {
  weight: {
    ...{ loinc: '29463-7', also: alsoMeasured.weight, ucum: 'kg', unit: 'kg' },
    ...{ possible: [20, 400], usual: [35, 200] },
  },
  'blood-pressure': {
    ...{ loinc: '85354-9', also: alsoMeasured['blood-pressure'], ucum: 'mm[Hg]', unit: 'mmHg' },
    ...{ possible: [40, 300], usual: [80, 200] },
  },
  oxygen: {
    ...{ loinc: '59408-5', also: alsoMeasured.oxygen, ucum: '%', unit: '%' },
    ...{ possible: [40, 100], usual: [80, 100] },
  },
  glucose: {
    loinc: '15074-8',
    also: alsoMeasured.glucose,
    ucum: 'mmol/L',
    unit: 'mmol/L',
    possible: [0.5, 60],
    usual: [3, 25],
  },
  pulse: {
    ...{ loinc: '8867-4', also: alsoMeasured.pulse, ucum: '/min', unit: 'a minute' },
    ...{ possible: [20, 300], usual: [40, 140] },
  },
  temperature: {
    ...{ loinc: '8310-5', also: alsoMeasured.temperature, ucum: 'Cel', unit: '°C' },
    ...{ possible: [30, 44], usual: [35, 40] },
  },
  'peak-flow': {
    ...{ loinc: '19935-6', also: alsoMeasured['peak-flow'], ucum: 'L/min', unit: 'L/min' },
    ...{ possible: [30, 900], usual: [80, 750] },
  },
  height: {
    ...{ loinc: '8302-2', also: alsoMeasured.height, ucum: 'cm', unit: 'cm' },
    ...{ possible: [90, 240], usual: [130, 205] },
  },
}

/**
 * One measurement. `second` is the lower number of a blood pressure. `at`: instant, or the day if no more is known. If
 * the numbers alone would not show how they were sent or typed (37.0), their digits are stored beside them
 * (`digitsAt`).
 */
export type Reading = Readonly<{
  id: string
  person: string
  kind: ReadingKind
  value: number
  second?: number
  at: string
  by?: Who
  /** what measured it, as the record calls it */
  device?: string
}>

/** A measurement in a unit that we cannot compare with a limit. `written`: as recorded. */
export type UncomparedReading = Readonly<{
  id: string
  person: string
  kind: ReadingKind
  at: string
  written: string
}>

export type ReadingProblem =
  | 'not-a-number'
  | 'unknown-unit'
  | 'too-low'
  | 'too-high'
  | 'lower-number'
  | 'no-day'
  | 'in-the-future'
  | 'long-ago'

const lowerNumber = [20, 200] as const

/** Why a reading cannot be saved; undefined if it can. `now`: an instant whose date is that of where it was measured. */
export function problemWith(
  reading: Pick<Reading, 'kind' | 'value' | 'second' | 'at'>,
  now: string,
): ReadingProblem | undefined {
  const [low, high] = kindFacts[reading.kind].possible
  if (!Number.isFinite(reading.value)) return 'not-a-number'
  if (reading.value < low) return 'too-low'
  if (reading.value > high) return 'too-high'
  if (reading.kind === 'blood-pressure' && !isLowerNumber(reading)) return 'lower-number'
  // a day without a time has no zone: it is in the future if its date is
  const isDay = reading.at.length <= 10
  return problemWithTime(Date.parse(reading.at), Date.parse(isDay ? dayWritten(now) : now))
}

const year = 366 * 86_400_000

/** A year ago and more is a typing error, not a reading that somebody watches. */
function problemWithTime(at: number, now: number): ReadingProblem | undefined {
  if (Number.isNaN(at)) return 'no-day'
  if (at > now) return 'in-the-future'
  return now - at > year ? 'long-ago' : undefined
}

function isLowerNumber({ value, second }: Pick<Reading, 'value' | 'second'>): boolean {
  if (second === undefined || !Number.isFinite(second)) return false
  return second >= lowerNumber[0] && second <= lowerNumber[1] && second < value
}

/** Possible, but rare enough to ask "is that right?" before it is saved. */
export function isUnusual({ kind, value }: Pick<Reading, 'kind' | 'value'>): boolean {
  const [low, high] = kindFacts[kind].usual
  return value < low || value > high
}

const plainIn = (text: string) => text.trim().replace(',', '.')

/** A number as people type it, with a point or a comma; NaN if it is none. */
export function numberFrom(text: string): number {
  const plain = plainIn(text)
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN
}

/** What was typed, as numbers with the digits that were typed (37.0); an empty field is left out. */
export function numbersTyped<K extends string>(
  typed: Readonly<Partial<Record<K, string>>>,
): Partial<Record<K, number>> {
  const numbers: Record<string, number> = {}
  for (const [name, text] of Object.entries(typed as Readonly<Record<string, string>>)) {
    if (text.trim() === '') continue
    const value = numberFrom(text)
    numbers[name] = value
    const plain = plainIn(text).replace(/^0+(?=\d)/, '')
    if (plain !== String(value)) addDigits(numbers, { [name]: plain })
  }
  return numbers as Partial<Record<K, number>>
}
