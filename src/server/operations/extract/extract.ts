import { csvFile } from '#domain/csv/csv-file.ts'
import { extractColumns } from '#domain/extract/extract-columns.ts'
import {
  extractFormats,
  extractRequest,
  longestExtractWords,
} from '#domain/extract/extract-request.ts'
import { type SafeRows, withoutRareRows } from '#domain/extract/without-rare-rows.ts'
import { keepNote } from '#server/http/request-context.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { freshenPatientSummaries } from '#server/store/summary/freshen-patient-summaries.ts'
import { extractRows } from './extract-rows.ts'

const way = '$extract'

/** Rows about people without anything that says who they are, for whoever analyses: only after saying what for. */
export const extractOperation: Operation = {
  name: 'extract',
  on: 'system',
  changes: true,
  alone: true,
  purpose:
    'A de-identified extract for analysts: format (csv or parquet: one line a person, in bands, none shared by fewer than five; dictionary: what the columns mean), purpose and recipient (why, and who will have it; kept in the audit log). Without whoever said no to planning. For administrators',
  async run(call) {
    if (call.actor.role !== 'admin') throw forbidden('Only administrators make extracts')
    const { format, purpose, recipient } = soundRequest(call)
    if (format === 'dictionary') return file(csvFile(dictionary), 'dictionary.csv', csvType)
    const { context, now } = call
    await freshenPatientSummaries(context.service.sql, { now, zone: context.zone })
    const { rows: all, optedOut } = await extractRows(call)
    const safe = withoutRareRows(all)
    await keepNote(context, new Map(), {
      ...{ act: 'E', way },
      why: `${safe.rows.length} rows for ${recipient}; ${optedOut} said no, ${safe.leftOut} were too rare: ${purpose}`,
    })
    const counts = {
      'Gable-Rows': String(safe.rows.length),
      'Gable-Opted-Out': String(optedOut),
      'Gable-Left-Out': String(safe.leftOut),
      'Gable-Coarsened': String(safe.coarsened),
    }
    if (format === 'parquet')
      return file(
        await parquetOf(safe),
        'extract.parquet',
        'application/vnd.apache.parquet',
        counts,
      )
    return file(csvFile(rowsOf(safe)), 'extract.csv', csvType, counts)
  },
}

function soundRequest(call: OperationCall) {
  const asked = askedParameters(call, extractRequest)
  const format = extractFormats.find((each) => each === asked.format)
  if (!format)
    throw new FhirProblem(400, 'value', `format must be one of ${extractFormats.join(', ')}`)
  const said = { purpose: asked.purpose.trim(), recipient: asked.recipient.trim() }
  if (format !== 'dictionary') {
    mustBeSaid(said.purpose, 'purpose', 'Say what the extract is for (purpose)')
    mustBeSaid(said.recipient, 'recipient', 'Say who will have the extract (recipient)')
  }
  return { format, ...said }
}

function mustBeSaid(words: string, expression: string, problem: string): void {
  if (words === '') throw new FhirProblem(422, 'required', problem, { expression })
  if (words.length > longestExtractWords)
    throw new FhirProblem(422, 'too-long', `It has ${longestExtractWords} characters at most`, {
      expression,
    })
}

const dictionary = [
  ['column', 'means', 'values'],
  ...extractColumns.map(({ name, means, values }) => [name, means, values]),
]

const rowsOf = ({ rows }: SafeRows): readonly (readonly string[])[] => [
  extractColumns.map(({ name }) => name),
  ...rows.map((row, at) =>
    extractColumns.map(({ name }) => (name === 'row' ? String(at + 1) : row[name])),
  ),
]

const csvType = 'text/csv; charset=utf-8'

/** What is not recorded is null there. The library is loaded when somebody asks for such a file. */
async function parquetOf({ rows }: SafeRows): Promise<ArrayBuffer> {
  const { parquetWriteBuffer } = await import('hyparquet-writer')
  return parquetWriteBuffer({
    columnData: extractColumns.map(({ name }) =>
      name === 'row'
        ? { name, type: 'INT32', data: rows.map((_, at) => at + 1) }
        : { name, type: 'STRING', data: rows.map((row) => row[name] || null), nullable: true },
    ),
  })
}

const file = (content: BodyInit, name: string, type: string, more = {}) =>
  new Response(content, {
    headers: {
      'Content-Type': type,
      'Content-Disposition': `attachment; filename="gable-${name}"`,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      ...more,
    },
  })
