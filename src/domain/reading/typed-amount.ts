import { numberFrom, type ReadingKind } from './reading.ts'
import { inOurUnit, type ReadingUnit, readingUnitOf, readingUnits } from './units.ts'

/** What somebody typed, as digits in our unit: as typed, or converted, as exact as that kind is measured. */
export type TypedAmount =
  | Readonly<{ is: 'amount'; digits: string; converted: boolean }>
  | Readonly<{ is: 'unknown-unit'; unit: string }>
  | Readonly<{ is: 'not-a-number' }>

const number = String.raw`(\d+(?:[.,]\d+)?)`
const one = new RegExp(String.raw`^${number}\s*(\D*)$`)
const two = new RegExp(String.raw`^${number}\s*(\D+?)\s*${number}\s*(\D*)$`)

/** Units that are written together: 12 st 4 lb, 5 ft 5 in. */
const smaller: Readonly<Record<string, string>> = { '[stone_av]': '[lb_av]', '[ft_i]': '[in_i]' }

/**
 * An amount as people say it: `78`, `172 lb`, `12 st 4 lb`, `98.6 °F`. Without a unit it is in ours. A unit that this kind is not
 * measured in is refused: nothing is guessed.
 */
export function typedAmount(kind: ReadingKind, typed: string): TypedAmount {
  const text = typed.trim()
  const single = one.exec(text)
  if (single) return singleAmount(kind, single[1] ?? '', single[2]?.trim() ?? '')
  const [, large = '', unit = '', small = '', rest = ''] = two.exec(text) ?? []
  return unit.trim() === '' || large === ''
    ? { is: 'not-a-number' }
    : twoAmounts(kind, [large, unit], [small, rest.trim()])
}

function singleAmount(kind: ReadingKind, digits: string, written: string): TypedAmount {
  const unit = written === '' ? readingUnits[kind][0] : readingUnitOf(kind, written)
  if (!unit) return { is: 'unknown-unit', unit: written }
  return unit === readingUnits[kind][0]
    ? { is: 'amount', digits, converted: false }
    : converted(kind, inOurUnit(numberFrom(digits), unit))
}

type Part = readonly [digits: string, written: string]

function twoAmounts(kind: ReadingKind, large: Part, small: Part): TypedAmount {
  const unit = readingUnitOf(kind, large[1])
  if (!unit) return { is: 'unknown-unit', unit: large[1] }
  const next: ReadingUnit | undefined = readingUnitOf(kind, smaller[unit.code] ?? '')
  if (!next) return { is: 'not-a-number' }
  if (small[1] !== '' && readingUnitOf(kind, small[1]) !== next)
    return { is: 'unknown-unit', unit: small[1] }
  return converted(kind, numberFrom(large[0]) * unit.times + numberFrom(small[0]) * next.times)
}

/** One decimal place is as exact as scales, tapes and thermometers are. */
const inTenths: readonly ReadingKind[] = ['weight', 'height', 'temperature']

/** Others keep hundredths, as from a device: a tenth of a mmol/L can be on the other side of a limit. */
const converted = (kind: ReadingKind, amount: number): TypedAmount => ({
  ...{ is: 'amount', converted: true },
  digits: inTenths.includes(kind) ? (Math.round(amount * 10) / 10).toFixed(1) : String(amount),
})
