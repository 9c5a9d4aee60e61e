import type { Quantity } from '@medplum/fhirtypes'
import { digitsAt } from '#domain/decimal/digits.ts'
import { kindFacts, type ReadingKind } from './reading.ts'

/** Exact by definition: the international avoirdupois pound, and the stone of 14 of them. */
const kilogramsInPound = 0.453_592_37
/** Molar mass of glucose 180.16 g/mol, so 18.016 mg/dL to one mmol/L. Unverified against a primary source. */
const glucoseMilligrams = 18.016

const sameAsOurs = (...units: string[]) => units.map((unit) => [unit, 1] as const)

/** What one of a unit is in ours; UCUM codes, and the ways devices and people write them. */
const factors: Readonly<Record<ReadingKind, ReadonlyMap<string, number>>> = {
  weight: new Map([
    ...sameAsOurs('kg', 'Kg', 'KG', 'kilogram', 'kilograms'),
    ...(['g', 'gram', 'grams'] as const).map((unit) => [unit, 0.001] as const),
    ...(['[lb_av]', 'lb', 'lbs', 'lb_av'] as const).map(
      (unit) => [unit, kilogramsInPound] as const,
    ),
    ...(['[stone_av]', 'st'] as const).map((unit) => [unit, 14 * kilogramsInPound] as const),
  ]),
  'blood-pressure': new Map(sameAsOurs('mm[Hg]', 'mmHg', 'mm Hg', 'mmhg')),
  oxygen: new Map(sameAsOurs('%', 'percent')),
  glucose: new Map([
    ...sameAsOurs('mmol/L', 'mmol/l'),
    ...(['mg/dL', 'mg/dl'] as const).map((unit) => [unit, 1 / glucoseMilligrams] as const),
  ]),
  pulse: new Map(
    sameAsOurs('/min', '{beats}/min', '{Beats}/min', 'beats/min', 'beats/minute', 'bpm'),
  ),
}

const toHundredths = (value: number) => Math.round(value * 100) / 100

/** A measured amount in the unit of its kind, to hundredths when converted; undefined for a unit we cannot compare. */
export function quantityIn(kind: ReadingKind, measured: Quantity | undefined): number | undefined {
  const { value, code, unit, comparator } = measured ?? {}
  // "less than 90" says nothing about a limit of 88
  if (value === undefined || comparator) return undefined
  const factor = factors[kind].get((code ?? unit ?? '').trim())
  if (factor === undefined) return undefined
  return factor === 1 ? value : toHundredths(value * factor)
}

/** Measured in one of the units in which this kind is measured. */
export const isInUnitOf = (kind: ReadingKind, { code, unit }: Quantity): boolean =>
  factors[kind].has((code ?? unit ?? '').trim())

/** As it stands in the record: `82 %O2`, `<90 %`. */
export function quantityAsWritten(kind: ReadingKind, measured: Quantity): string {
  const { value, unit, code = '', comparator = '' } = measured
  const written = unit ?? (code === kindFacts[kind].ucum ? kindFacts[kind].unit : code)
  const amount = digitsAt(measured, 'value') ?? value ?? ''
  return `${comparator}${amount} ${written}`.trim()
}
