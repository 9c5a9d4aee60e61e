import { momentAt } from '#domain/calendar/zone.ts'
import { csvRows } from '#domain/import/csv/csv.ts'
import type { DeviceAmount, DeviceFault, DeviceLine } from './device-rows.ts'
import { numbersTyped, type ReadingKind } from './reading.ts'
import { type TypedAmount, typedAmount } from './typed-amount.ts'
import { readingUnitOf } from './units.ts'

type Column =
  | ReadingKind
  | 'upper'
  | 'lower'
  | 'date'
  | 'time'
  | 'kind'
  | 'value'
  | 'unit'
  | 'device'

/** What devices and their programs call a column or a kind of reading, in small letters. */
const names: Readonly<Record<string, Column>> = {
  ...{ date: 'date', day: 'date', 'date time': 'date', datetime: 'date', timestamp: 'date' },
  ...{ 'measurement date': 'date', 'measured at': 'date', time: 'time', hour: 'time' },
  ...{ type: 'kind', reading: 'kind', measurement: 'kind', value: 'value', amount: 'value' },
  ...{ unit: 'unit', units: 'unit', device: 'device', 'device name': 'device', model: 'device' },
  ...{ systolic: 'upper', sys: 'upper', 'upper number': 'upper' },
  ...{ diastolic: 'lower', dia: 'lower', 'lower number': 'lower' },
  ...{ weight: 'weight', 'body weight': 'weight', height: 'height' },
  ...{ 'blood pressure': 'blood-pressure', bp: 'blood-pressure' },
  ...{ pulse: 'pulse', 'pulse rate': 'pulse', 'heart rate': 'pulse', hr: 'pulse' },
  ...{ oxygen: 'oxygen', spo2: 'oxygen', 'oxygen saturation': 'oxygen' },
  ...{ glucose: 'glucose', 'blood glucose': 'glucose', 'blood sugar': 'glucose' },
  ...{ temperature: 'temperature', 'body temperature': 'temperature' },
  ...{ 'peak flow': 'peak-flow', pef: 'peak-flow' },
}

/** `Weight (lb)`: what is measured, and its unit. */
function columnOf(heading: string): Readonly<{ column: Column | undefined; unit: string }> {
  const [, name = '', unit = ''] = /^([^([]*)(?:[([]([^)\]]*)[)\]])?/.exec(heading.trim()) ?? []
  return { column: names[name.trim().toLowerCase()], unit: unit.trim() }
}

type Cells = ReadonlyMap<Column, Readonly<{ text: string; unit: string }>>

/** Undefined: no line of headings with a day and something that is measured. A time without a zone is that of `zone`. */
export function deviceCsv(text: string, zone: string): readonly DeviceLine[] | undefined {
  const [head, ...rows] = csvRows(text)
  const columns = head?.cells.map(columnOf) ?? []
  const has = (column: Column) => columns.some((each) => each.column === column)
  const isMeasured = columns.some(({ column }) => column === 'upper' || isKind(column))
  if (!has('date') || !(isMeasured || (has('kind') && has('value')))) return undefined
  return rows.flatMap(({ row, cells, broken }): readonly DeviceLine[] => {
    const said: Cells = new Map(
      columns.flatMap(({ column, unit }, at) =>
        column ? [[column, { text: cells[at]?.trim() ?? '', unit }] as const] : [],
      ),
    )
    const refused = (why: DeviceFault): readonly DeviceLine[] => [
      { line: row, is: 'refused', why, written: cells.join(', ') },
    ]
    if (broken) return refused('broken')
    const at = momentIn(textOf(said, 'date'), textOf(said, 'time'), zone)
    if (!at) return refused('no-time')
    const device = textOf(said, 'device')
    return amountsIn(said).flatMap((each) =>
      typeof each === 'string'
        ? refused(each)
        : [
            {
              line: row,
              is: 'amount',
              amount: { ...each, at },
              ...(device && { device }),
            } as const,
          ],
    )
  })
}

const isKind = (column: Column | undefined): column is ReadingKind =>
  column !== undefined && !beside.includes(column)
const beside: readonly Column[] = [
  ...(['upper', 'lower', 'date', 'time', 'kind', 'value', 'unit', 'device'] as const),
]

const textOf = (cells: Cells, column: Column) => cells.get(column)?.text ?? ''

type Found = Omit<DeviceAmount, 'at'> | DeviceFault

/** Every amount of a row; an empty cell says nothing. */
function amountsIn(cells: Cells): readonly Found[] {
  const long = textOf(cells, 'kind')
  if (long) return [longAmount(cells, long)]
  const kinds = [...cells].filter(([column, { text }]) => isKind(column) && text !== '')
  const single = kinds.map(([column, { text, unit }]) => {
    const kind = column as ReadingKind
    return amountOf(kind, partsOf(kind, text), unit || unitBeside(cells, kind))
  })
  const [upper, lower] = [textOf(cells, 'upper'), textOf(cells, 'lower')]
  const named = cells.get('upper')?.unit || cells.get('lower')?.unit
  const unit = named || unitBeside(cells, 'blood-pressure')
  const pair = upper || lower ? [amountOf('blood-pressure', [upper, lower], unit)] : []
  const all = [...pair, ...single]
  return all.length > 0 ? all : ['no-amount']
}

const partsOf = (kind: ReadingKind, text: string): readonly string[] =>
  kind === 'blood-pressure' ? text.split('/') : [text]

/** What the column of units says. It may be that of another reading in the row: a kind that needs none does without. */
function unitBeside(cells: Cells, kind: ReadingKind): string {
  const unit = textOf(cells, 'unit')
  return needsUnit(kind) || readingUnitOf(kind, unit) ? unit : ''
}

function longAmount(cells: Cells, name: string): Found {
  const kind = columnOf(name).column
  if (!isKind(kind)) return 'no-kind'
  const value = textOf(cells, 'value')
  const unit = textOf(cells, 'unit') || columnOf(name).unit || (cells.get('value')?.unit ?? '')
  return amountOf(kind, partsOf(kind, value), unit)
}

/** Devices measure these in one unit; a peak flow in litres a second is too low to be taken for one in ours. */
const inOneUnit: readonly ReadingKind[] = ['pulse', 'oxygen', 'peak-flow']
const needsUnit = (kind: ReadingKind) => !inOneUnit.includes(kind)

const isBare = (text: string) => /^[\d.,]+$/.test(text)

/** `132/84 mmHg`: the unit after the second number is that of both. */
const unitAfter = (text: string) => /^[\d.,]+\s*(\D+)$/.exec(text)?.[1]?.trim() ?? ''

const withUnit = (text: string, unit: string) => (isBare(text) ? `${text} ${unit}`.trim() : text)

function amountOf(kind: ReadingKind, texts: readonly string[], said: string): Found {
  const isPair = kind === 'blood-pressure'
  const [text = '', second = ''] = texts.map((each) => each.trim())
  const unit = said || (isPair ? unitAfter(second) : '')
  const amounts = amountsTyped(kind, isPair ? [text, second] : [text], unit)
  if (typeof amounts === 'string') return amounts
  const [first, lower] = amounts.map(({ digits }) => digits)
  const typed = numbersTyped({
    value: first ?? '',
    ...(isPair ? { second: lower ?? '' } : {}),
  })
  return {
    ...{ kind, value: Number.NaN, ...typed },
    sent: isPair ? `${text}/${withUnit(second, unit)}` : withUnit(text, unit),
    converted: amounts.some(({ converted }) => converted),
  }
}

type Amount = Extract<TypedAmount, { is: 'amount' }>

function amountsTyped(
  kind: ReadingKind,
  parts: readonly string[],
  unit: string,
): readonly Amount[] | DeviceFault {
  // 172 may be kilograms or pounds: nobody can know
  if (unit === '' && needsUnit(kind) && parts.some(isBare)) return 'no-unit'
  const amounts: Amount[] = []
  for (const each of parts) {
    const amount = typedAmount(kind, withUnit(each, unit))
    if (amount.is !== 'amount') return amount.is
    amounts.push(amount)
  }
  return amounts
}

const wallTime =
  /^(?:(\d{4})-(\d\d)-(\d\d)|(\d{1,2})\/(\d{1,2})\/(\d{4}))(?:[T ]+(\d{1,2}):(\d\d)(?::\d\d(?:\.\d+)?)?)?$/

/** A day alone stays one. 5/6/2027 is 5 June, as it is written here; what cannot be so is refused. */
function momentIn(date: string, time: string, zone: string): string | undefined {
  const text = `${date} ${time}`.trim()
  if (withZone.test(text)) return instantOf(Date.parse(text))
  const found = wallTime.exec(text)
  const on = found && dayWrittenIn(found)
  if (!on) return undefined
  const [hour, minute] = found.slice(7)
  if (hour === undefined) return on
  const wall = Date.parse(`${on}T${hour.padStart(2, '0')}:${minute}:00Z`)
  return Number.isNaN(wall) ? undefined : instantOf(momentAt(wall, zone))
}

const withZone = /^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:?\d\d)$/

const instantOf = (moment: number) =>
  Number.isNaN(moment) ? undefined : new Date(moment).toISOString()

function dayWrittenIn(found: RegExpExecArray): string | undefined {
  const [first, second, third, ...others] = found.slice(1, 7)
  const [year = '', month = '', day = ''] = first ? [first, second, third] : others.toReversed()
  const on = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const midnight = new Date(`${on}T00:00:00Z`)
  const isReal = !Number.isNaN(Number(midnight)) && midnight.getUTCDate() === Number(day)
  return isReal ? on : undefined
}
