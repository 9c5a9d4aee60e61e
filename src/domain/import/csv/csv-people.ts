import type { BundleEntry } from '@medplum/fhirtypes'
import { nhsNumberSystem } from '#domain/fhir/codes.ts'
import { textNumbers } from '#domain/import/stream/text-numbers.ts'
import { isNhsNumber } from '#domain/person/nhs-number.ts'
import { type CsvReader, type CsvRow, csvReader, endsInside } from './csv.ts'
import { csvCellText } from './csv-cell.ts'
import { type CsvColumns, csvColumns } from './csv-columns.ts'
import { isDayFirst, isMonthFirst, isTwoWays } from './csv-dates.ts'
import type { CsvFault } from './csv-fault.ts'
import { type BroughtPatient, type CsvPerson, patientOfRow } from './csv-person.ts'

/** A row that is refused: what is wrong with it, and what it says. */
export type RefusedListRow = Readonly<{
  row: number
  faults: readonly CsvFault[]
  cells: readonly string[]
}>

/** What a list says about how it is to be read, found out before any row of it is taken. */
export type CsvSurvey = Readonly<{
  columns: CsvColumns
  headings: readonly string[]
  separator: string
  rows: number
  monthFirst: boolean
  /** rows with a date that could be read two ways, while no date in the list settles which */
  twoWays: number
  /** the list ends in the middle of a row */
  isCut: boolean
}>

/** The content of a list of people: those to be imported, the rows that are refused, and the columns that are ignored. */
export type CsvPeople = Readonly<{
  people: readonly Readonly<{ row: number; entry: BundleEntry; cells: readonly string[] }>[]
  refused: readonly RefusedListRow[]
  unread: readonly string[]
  survey: CsvSurvey
}>

/** Reads a list of people, one a row, as of `today` (`YYYY-MM-DD`). Undefined if its first row has no heading for a name. */
export function csvPeople(text: string, today: string): CsvPeople | undefined {
  const survey = csvSurvey([text])
  if (!survey) return undefined
  const taking = csvTaking(survey, today)
  const { people, refused } = taking.push(text)
  const last = taking.end()
  return {
    people: [...people, ...last.people],
    refused: [...refused, ...last.refused],
    ...{ unread: survey.columns.unread, survey },
  }
}

/** The first of two readings, in parts: how dates are written, and whether the list is whole. */
function csvSurvey(parts: Iterable<string>): CsvSurvey | undefined {
  const survey = csvSurveying()
  for (const part of parts) survey.push(part)
  return survey.end()
}

export function csvSurveying() {
  const reader = csvReader()
  let head: CsvRow | undefined
  let columns: CsvColumns | undefined
  const found = { rows: 0, twoWays: 0, monthFirst: false, dayFirst: false, isCut: false }
  function see(some: readonly CsvRow[]): void {
    const [first] = some
    if (!first) return
    const rows = head ? some : some.slice(1)
    if (!head) columns = csvColumns(first.cells)
    head ??= first
    seeRows(rows, columns, found)
  }
  return {
    push: (part: string) => see(reader.push(part)),
    end(): CsvSurvey | undefined {
      see(reader.end())
      if (!head || !columns) return undefined
      const { dayFirst, ...rest } = found
      const isSettled = found.monthFirst || dayFirst
      return {
        ...{ columns, headings: head.cells, separator: reader.separator() },
        ...{ ...rest, twoWays: isSettled ? 0 : found.twoWays },
      }
    },
  }
}

type Seen = {
  rows: number
  twoWays: number
  monthFirst: boolean
  dayFirst: boolean
  isCut: boolean
}

function seeRows(rows: readonly CsvRow[], columns: CsvColumns | undefined, found: Seen): void {
  if (columns) for (const row of rows) seeRow(row, columns, found)
}

function seeRow(row: CsvRow, columns: CsvColumns, found: Seen): void {
  const dates = datesIn(row, columns)
  found.rows += 1
  found.monthFirst ||= dates.some(isMonthFirst)
  found.dayFirst ||= dates.some(isDayFirst)
  if (dates.some(isTwoWays)) found.twoWays += 1
  found.isCut ||= endsInside(row, columns.fields.length)
}

const dateFields: readonly unknown[] = ['birthDate', 'died', 'registered', 'left']

const datesIn = ({ cells }: CsvRow, { fields }: CsvColumns): readonly string[] =>
  fields.flatMap((field, at) =>
    dateFields.includes(field) && cells[at] ? [csvCellText(cells[at])] : [],
  )

export type CsvTaken = Readonly<{ people: CsvPeople['people']; refused: CsvPeople['refused'] }>

/** The second reading: each row as a person, or what is wrong with it. */
export function csvTaking(survey: CsvSurvey, today: string) {
  const { columns, monthFirst } = survey
  const reader: CsvReader = csvReader()
  const rowById = textNumbers()
  let isHeadRead = false
  function taken(rows: readonly CsvRow[]): CsvTaken {
    const people: CsvPeople['people'][number][] = []
    const refused: RefusedListRow[] = []
    for (const each of rows) {
      if (!isHeadRead) {
        isHeadRead = true
        continue
      }
      const { row, cells } = each
      const patient = read(each)
      if (!isPatient(patient)) refused.push({ row, faults: patient, cells })
      else {
        rowById.set(patient.id, row)
        people.push({ row, entry: entryOf(patient), cells })
      }
    }
    return { people, refused }
  }
  function read(row: CsvRow): BroughtPatient | readonly CsvFault[] {
    if (row.broken) return [{ code: 'quote-open', value: row.cells.join(', ') }]
    if (endsInside(row, columns.fields.length))
      return [{ code: 'cut', value: row.cells.at(-1) ?? '' }]
    const patient = patientOfRow(personOf(row, columns), { today, monthFirst })
    const faults = [
      ...tooMany(row.cells, columns),
      ...(isPatient(patient) ? twice(rowById.get(patient.id)) : patient),
    ]
    return faults.length > 0 ? faults : patient
  }
  return {
    push: (part: string): CsvTaken => taken(reader.push(part)),
    end: (): CsvTaken => taken(reader.end()),
  }
}

const isPatient = (found: BroughtPatient | readonly CsvFault[]): found is BroughtPatient =>
  !Array.isArray(found)

function personOf({ cells }: CsvRow, { fields }: CsvColumns): CsvPerson {
  const person: Record<string, string> = {}
  const lines: string[] = []
  for (const [at, field] of fields.entries()) {
    const cell = csvCellText(cells[at] ?? '')
    if (!field || !cell) continue
    if (field === 'line') lines.push(cell)
    else person[field] = cell
  }
  return { ...person, lines }
}

/** A cell beyond the headings means that the row has moved: nothing in it can be trusted. */
function tooMany(cells: readonly string[], { fields }: CsvColumns): readonly CsvFault[] {
  const extra = cells.slice(fields.length).find((cell) => cell !== '')
  return extra === undefined ? [] : [{ code: 'too-many-cells', value: extra }]
}

function twice(row: number | undefined): readonly CsvFault[] {
  return row === undefined ? [] : [{ code: 'twice', value: String(row) }]
}

/** A person whose NHS number is here already, under another id, is not created a second time. */
function entryOf(resource: BroughtPatient): BundleEntry {
  const number = resource.identifier?.find((each) => each.system === nhsNumberSystem)?.value
  const isChecked = number !== undefined && isNhsNumber(number)
  const ifNoneExist = isChecked ? { ifNoneExist: `identifier=${nhsNumberSystem}|${number}` } : {}
  return { resource, request: { method: 'POST', url: 'Patient', ...ifNoneExist } }
}
