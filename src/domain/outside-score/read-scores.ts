import { feedFaultText } from '#domain/feed/feed-fault.ts'
import type { FeedPerson } from '#domain/feed/feed-line.ts'
import { type CsvRow, csvRows } from '#domain/import/csv/csv.ts'
import { csvCellText, digitsIn, isNoValue, isShortened } from '#domain/import/csv/csv-cell.ts'
import { csvDate, isMonthFirst } from '#domain/import/csv/csv-dates.ts'
import { isNhsNumber } from '#domain/person/nhs-number.ts'
import { outsideCodeOf } from './outside-instrument.ts'
import { type OutsideScore, outsideFault } from './outside-score.ts'

type Field =
  | 'nhsNumber'
  | 'number'
  | 'numberSystem'
  | 'born'
  | 'name'
  | 'value'
  | 'unit'
  | 'band'
  | 'day'
  | 'version'
  | 'source'

const headings: Readonly<Record<Field, readonly string[]>> = {
  nhsNumber: ['NHS number'],
  number: ['Local number', 'Patient ID', 'Hospital number', 'Member ID'],
  numberSystem: [
    'Local number system',
    'Patient ID system',
    'Hospital number system',
    'Member ID system',
  ],
  born: ['Birth date', 'Date of birth', 'DOB'],
  name: ['Score', 'Score name', 'Instrument'],
  value: ['Value', 'Score value', 'Result'],
  unit: ['Unit'],
  band: ['Band', 'Category'],
  day: ['Date', 'Score date', 'Calculated on'],
  version: ['Version'],
  source: ['Source'],
}
const required: readonly Field[] = ['name', 'value', 'day']
const plain = (heading: string) => heading.toLowerCase().replace(/[^a-z0-9]/g, '')
const fieldByHeading = new Map(
  (Object.entries(headings) as [Field, readonly string[]][]).flatMap(([field, names]) =>
    names.map((name) => [plain(name), field] as const),
  ),
)

export type ScoreTable = Readonly<{
  headings: readonly string[]
  fields: readonly (Field | undefined)[]
  unread: readonly string[]
  rows: readonly CsvRow[]
}>

/** A table of scores, by its headings; undefined for another table. */
export function scoresIn(text: string): ScoreTable | undefined {
  const [head, ...rows] = csvRows(text)
  if (!head) return undefined
  const seen = new Set<Field>()
  const fields = head.cells.map((cell) => {
    const field = fieldByHeading.get(plain(cell))
    if (!field || seen.has(field)) return undefined
    seen.add(field)
    return field
  })
  if (required.some((each) => !seen.has(each))) return undefined
  if (!seen.has('nhsNumber') && !seen.has('number') && !seen.has('born')) return undefined
  const unread = head.cells.filter((cell, at) => cell !== '' && !fields[at])
  return { headings: head.cells, fields, unread, rows }
}

export const scoresAreMonthFirst = ({ fields, rows }: ScoreTable): boolean =>
  rows.some(({ cells }) => isMonthFirst(cells[fields.indexOf('day')] ?? ''))

export type ReadScore =
  | Readonly<{ score: OutsideScore; whose: FeedPerson }>
  | Readonly<{ faults: readonly string[] }>

type Context = Readonly<{ today: string; monthFirst: boolean }>

/** Reads every row: a score and whose it is, or everything that is wrong, in words. */
export function readScores({ fields, rows }: ScoreTable, context: Context): readonly ReadScore[] {
  return rows.map((row) => {
    const moved = movedFault(row, fields.length)
    if (moved) return { faults: [moved] }
    const said: Partial<Record<Field, string>> = {}
    for (const [at, field] of fields.entries()) {
      const cell = csvCellText(row.cells[at] ?? '')
      if (field && cell) said[field] = cell
    }
    return readScore(said, context)
  })
}

function movedFault({ cells, broken }: CsvRow, columns: number): string | undefined {
  if (broken) return feedFaultText({ code: 'broken' })
  const extra = cells.slice(columns).find((cell) => cell !== '')
  return extra && feedFaultText({ code: 'too-many-cells', value: extra.slice(0, 40) })
}

function readScore(said: Partial<Record<Field, string>>, context: Context): ReadScore {
  const { name = '' } = said
  const whose = whoseIn(said, context)
  const value = valueIn(said.value ?? '')
  const day = said.day ? csvDate(said.day, context) : undefined
  const faults = [
    ...(typeof whose === 'string' ? [whose] : []),
    ...(name ? [] : ['It does not say which score it is']),
    ...(typeof value === 'string' ? [value] : rangeFaults(name, value)),
    ...dayFaults(said.day, day),
  ]
  const isWhole = typeof whose !== 'string' && typeof value === 'number' && typeof day === 'string'
  if (faults.length > 0 || !isWhole) return { faults }
  return {
    whose,
    score: {
      ...{ code: outsideCodeOf(name), name: name.slice(0, 80), value, day },
      ...words(said),
    },
  }
}

/**
 * An NHS number, or a number of a named system. By name and birth date alone it could be somebody else: a person decides
 * that, and no file.
 */
function whoseIn(
  { nhsNumber = '', number, numberSystem, born: written }: Partial<Record<Field, string>>,
  context: Context,
): FeedPerson | string {
  const read = written ? csvDate(written, context) : undefined
  if (written && typeof read !== 'string') return `“${written}” cannot be read as a birth date`
  const born = typeof read === 'string' ? { born: read } : {}
  if (nhsNumber) {
    const digits = digitsIn(nhsNumber)
    return isNhsNumber(digits)
      ? { nhsNumber: digits, ...born }
      : 'The NHS number does not pass its check: a digit is wrong'
  }
  if (!number) return noNumber
  if (isShortened(number)) return feedFaultText({ code: 'shortened', value: number })
  return numberSystem ? { number, system: numberSystem, ...born } : noSystem
}

const noNumber =
  'It has no number. Whose it is by a birth date alone is decided by a person: add the NHS number, or a local number with its system'
const noSystem = 'The local number has no system: say in “Local number system” whose number it is'

function words({ unit, band, version, source = '' }: Partial<Record<Field, string>>) {
  return {
    ...(unit ? { unit: unit.slice(0, 20) } : {}),
    ...(band ? { band: band.slice(0, 80) } : {}),
    ...(version ? { version: version.slice(0, 40) } : {}),
    source: source.slice(0, 80),
  }
}

function rangeFaults(name: string, value: number): readonly string[] {
  const fault = name ? outsideFault({ name, value }) : undefined
  return fault ? [fault] : []
}

const dayFaults = (said: string | undefined, day: ReturnType<typeof csvDate> | undefined) => {
  if (typeof day === 'string') return []
  return [
    said ? `“${said}” cannot be read as a day up to today` : 'It does not say for which day it is',
  ]
}

function valueIn(text: string): number | string {
  if (text === '') return 'It has no value'
  if (isNoValue(text)) return `“${text}” is what a spreadsheet writes for a wrong value`
  const plainText = text.replace(/ ?%$/, '')
  if (isShortened(plainText) || !/^-?\d{1,9}(\.\d{1,6})?$/.test(plainText))
    return `“${text}” cannot be read as a number`
  return Number(plainText)
}
