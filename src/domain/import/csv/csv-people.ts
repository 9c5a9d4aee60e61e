import type { BundleEntry } from '@medplum/fhirtypes'
import { nhsNumberSystem } from '#domain/fhir/codes.ts'
import { type CsvRow, csvRows } from './csv.ts'
import { csvCellText } from './csv-cell.ts'
import { type CsvColumns, csvColumns } from './csv-columns.ts'
import { isMonthFirst } from './csv-dates.ts'
import type { CsvFault } from './csv-fault.ts'
import { type BroughtPatient, type CsvPerson, patientOfRow } from './csv-person.ts'

/** The content of a list of people: those to be imported, the rows that are refused, and the columns that are ignored. */
export type CsvPeople = Readonly<{
  people: readonly Readonly<{ row: number; entry: BundleEntry }>[]
  refused: readonly Readonly<{ row: number; faults: readonly CsvFault[] }>[]
  unread: readonly string[]
}>

/** Reads a list of people, one a row, as of `today` (`YYYY-MM-DD`). Undefined if its first row has no heading for a name. */
export function csvPeople(text: string, today: string): CsvPeople | undefined {
  const [head, ...rest] = csvRows(text)
  const columns = head && csvColumns(head.cells)
  if (!columns) return undefined
  return { ...taken(rest, columns, today), unread: columns.unread }
}

function taken(rows: readonly CsvRow[], columns: CsvColumns, today: string) {
  const persons = rows.map((row) => personOf(row, columns))
  const monthFirst = persons.some(({ birthDate, died }) =>
    [birthDate, died].some((date) => date !== undefined && isMonthFirst(date)),
  )
  const people: { row: number; entry: BundleEntry }[] = []
  const refused: { row: number; faults: readonly CsvFault[] }[] = []
  const rowById = new Map<string, number>()
  for (const [at, { row, cells, broken }] of rows.entries()) {
    if (broken) {
      refused.push({ row, faults: [{ code: 'quote-open', value: cells.join(', ') }] })
      continue
    }
    const patient = patientOfRow(persons[at] ?? { lines: [] }, { today, monthFirst })
    const faults = [
      ...tooMany(cells, columns),
      ...(isPatient(patient) ? twice(rowById.get(patient.id)) : patient),
    ]
    if (faults.length > 0) refused.push({ row, faults })
    else if (isPatient(patient)) {
      rowById.set(patient.id, row)
      people.push({ row, entry: entryOf(patient) })
    }
  }
  return { people, refused }
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
  const ifNoneExist = number ? { ifNoneExist: `identifier=${nhsNumberSystem}|${number}` } : {}
  return { resource, request: { method: 'POST', url: 'Patient', ...ifNoneExist } }
}
