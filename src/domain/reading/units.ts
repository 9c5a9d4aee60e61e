import type { ReadingKind } from './reading.ts'

/** Exact by definition: the international avoirdupois pound, and the stone of 14 of them. */
const kilogramsInPound = 0.453_592_37
const poundsInStone = 14
/** Exact by definition: the international inch. */
const centimetresInInch = 2.54
/** Conventional millimetre of mercury: 133.322 Pa (NIST SP 811, appendix B.8), so that 1 kPa is 7.50062 mmHg. */
const mercuryInKilopascal = 1000 / 133.322
/** Molar mass of glucose (C6H12O6, from the standard atomic weights) 180.16 g/mol, so 18.016 mg/dL to one mmol/L. */
const glucoseMilligrams = 18.016

/** One unit of a kind: ours is `value * times + plus`. */
export type ReadingUnit = Readonly<{
  /** its UCUM code */
  code: string
  /** as people read it */
  shown: string
  /** the ways devices and people write it */
  also: readonly string[]
  times: number
  plus?: number
}>

const ours = (code: string, shown: string, ...also: string[]): ReadingUnit => ({
  ...{ code, shown, also, times: 1 },
})

/** The units that can be compared, ours first. Every other one is refused, or shown as it came: nothing is guessed. */
export const readingUnits: Readonly<Record<ReadingKind, readonly ReadingUnit[]>> = {
  weight: [
    ours('kg', 'kg', 'Kg', 'KG', 'kilogram', 'kilograms', 'kgs'),
    { code: 'g', shown: 'g', also: ['gram', 'grams'], times: 0.001 },
    { code: '[lb_av]', shown: 'lb', also: ['lbs', 'lb_av', 'pounds'], times: kilogramsInPound },
    {
      ...{ code: '[stone_av]', shown: 'st', also: ['stone', 'stones'] },
      times: poundsInStone * kilogramsInPound,
    },
  ],
  'blood-pressure': [
    ours('mm[Hg]', 'mmHg', 'mm Hg', 'mmhg'),
    { code: 'kPa', shown: 'kPa', also: ['kpa', 'KPa'], times: mercuryInKilopascal },
  ],
  oxygen: [ours('%', '%', 'percent')],
  glucose: [
    ours('mmol/L', 'mmol/L', 'mmol/l'),
    { code: 'mg/dL', shown: 'mg/dL', also: ['mg/dl'], times: 1 / glucoseMilligrams },
  ],
  pulse: [
    ours('/min', 'a minute', '{beats}/min', '{Beats}/min', 'beats/min', 'beats/minute', 'bpm'),
  ],
  temperature: [
    ours('Cel', '°C', 'C', 'celsius', 'degC'),
    {
      ...{ code: '[degF]', shown: '°F', also: ['F', 'degF', 'fahrenheit'] },
      ...{ times: 5 / 9, plus: -160 / 9 },
    },
  ],
  'peak-flow': [
    ours('L/min', 'L/min', 'l/min'),
    { code: 'L/s', shown: 'L/s', also: ['l/s'], times: 60 },
  ],
  height: [
    ours('cm', 'cm', 'centimetre', 'centimetres'),
    { code: 'm', shown: 'm', also: ['metre', 'metres'], times: 100 },
    { code: '[in_i]', shown: 'in', also: ['inch', 'inches'], times: centimetresInInch },
    { code: '[ft_i]', shown: 'ft', also: ['foot', 'feet'], times: 12 * centimetresInInch },
  ],
}

const known = new Map<ReadingKind, ReadonlyMap<string, ReadingUnit>>(
  (Object.entries(readingUnits) as [ReadingKind, readonly ReadingUnit[]][]).map(([kind, units]) => [
    kind,
    new Map(
      units.flatMap((unit) =>
        [unit.code, unit.shown, ...unit.also].map((name) => [name, unit] as const),
      ),
    ),
  ]),
)

/** The unit that is meant by what was written; undefined if this kind is not measured in it. */
export const readingUnitOf = (kind: ReadingKind, written: string): ReadingUnit | undefined =>
  known.get(kind)?.get(written.trim())

const toHundredths = (value: number) => Math.round(value * 100) / 100

/** An amount in our unit of its kind; to hundredths if it was converted. */
export function inOurUnit(value: number, { times, plus = 0 }: ReadingUnit): number {
  return times === 1 && plus === 0 ? value : toHundredths(value * times + plus)
}
