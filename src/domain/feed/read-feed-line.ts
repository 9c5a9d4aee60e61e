import { digitsIn, isNoValue, isShortened } from '#domain/import/csv/csv-cell.ts'
import { csvDate } from '#domain/import/csv/csv-dates.ts'
import { isNhsNumber } from '#domain/person/nhs-number.ts'
import type { FeedLayout } from './feed-columns.ts'
import type { FeedFault } from './feed-fault.ts'
import type { FeedKind, FeedLine, FeedPerson } from './feed-line.ts'
import { type FeedRow, feedNumberOf, feedSourceOf } from './feed-row.ts'
import { readCost } from './read-cost.ts'

type DateContext = Readonly<{ today: string; monthFirst: boolean }>
type Read = Readonly<{ line: FeedLine; person: FeedPerson }>

/** HL7’s system for the Medicare Beneficiary Identifier. */
const mbiSystem = 'http://hl7.org/fhir/sid/us-mbi'

/** Reads one line, or says everything that is wrong with it. */
export function readFeedLine(
  row: FeedRow,
  layout: FeedLayout,
  context: DateContext,
): Read | Readonly<{ faults: readonly FeedFault[] }> {
  const faults: FeedFault[] = []
  const or = <T>(read: T | FeedFault | undefined): T | undefined => {
    if (!isFault(read)) return read
    faults.push(read)
    return undefined
  }
  const day = (text: string | undefined) => (text ? or(dayIn(text, context)) : undefined)
  const status = or(statusOf(row, layout))
  const number = or(lineNumberOf(row))
  const person = or(personIn(row, layout))
  const born = day(row.born)
  const started = day(row.started ?? row.appointment ?? row.arrival)
  const ended = day(row.ended)
  const received = day(row.received) ?? context.today
  const cost = or(readCost(row, { layout, takesBack: status === 'reverses' }))
  faults.push(...orderFaults(row, { started, ended, received }))
  if (faults.length > 0 || !started || !number || !person || !status) return { faults }
  return {
    line: {
      ...{
        source: feedSourceOf(row, layout),
        line: number,
        kind: feedKindOf(row, layout),
        started,
      },
      ...(ended ? { ended } : {}),
      emergency: isEmergencyMethod(row.method),
      ...(row.code ? { code: row.code.slice(0, 20) } : {}),
      ...(row.provider ? { provider: row.provider.slice(0, 80) } : {}),
      ...cost,
      ...{ received, cancelled: status === 'cancelled' },
    },
    person: { ...person, ...(born ? { born } : {}) },
  }
}

const isFault = (read: unknown): read is FeedFault =>
  typeof read === 'object' && read !== null && 'code' in read && !('started' in read)

function dayIn(text: string, context: DateContext): string | FeedFault {
  const read = csvDate(text, context)
  return typeof read === 'string' ? read : { code: read.code as FeedFault['code'], value: text }
}

type Days = Readonly<{
  started: string | undefined
  ended: string | undefined
  received: string
}>

function orderFaults(row: FeedRow, { started, ended, received }: Days): readonly FeedFault[] {
  if (!(row.started ?? row.appointment ?? row.arrival)) return [{ code: 'no-date' }]
  if (!started) return []
  return [
    ...(ended && ended < started ? [{ code: 'end-before-start' as const }] : []),
    ...(received < started ? [{ code: 'received-before-start' as const }] : []),
  ]
}

function lineNumberOf(row: FeedRow): string | FeedFault {
  const number = feedNumberOf(row)
  if (number === '' || isNoValue(number)) return { code: 'no-line' }
  if (isShortened(number)) return { code: 'shortened', value: number }
  return number.slice(0, 120)
}

function personIn(
  { nhsNumber, number, numberSystem }: FeedRow,
  layout: FeedLayout,
): FeedPerson | FeedFault {
  if (nhsNumber) {
    if (isShortened(nhsNumber)) return { code: 'shortened', value: nhsNumber }
    const digits = digitsIn(nhsNumber)
    return isNhsNumber(digits) ? { nhsNumber: digits } : { code: 'nhs-number-wrong' }
  }
  if (!number || isNoValue(number)) return { code: 'no-person' }
  if (isShortened(number)) return { code: 'shortened', value: number }
  const system = layout === 'cclf' ? mbiSystem : numberSystem
  return { number, ...(system ? { system } : {}) }
}

type Status = 'stands' | 'cancelled' | 'reverses'

/**
 * NHS Data Dictionary, CDS UPDATE TYPE: 1 takes a line back, 9 sends or replaces it. CCLF, CLM_ADJSMT_TYPE_CD: 0 original,
 * 1 cancellation, 2 adjustment; amounts of cancellations are subtracted (CCLF Information Packet 19, 5.3).
 */
function statusOf({ status }: FeedRow, layout: FeedLayout): Status | FeedFault {
  if (!status) return 'stands'
  const word = status.toLowerCase()
  if (layout === 'cclf') {
    if (/^0?[02]$/.test(word)) return 'stands'
    return /^0?1$/.test(word) ? 'reverses' : { code: 'status-unknown', value: status }
  }
  if (/^(1|cancelled|canceled|deleted|void|voided|reversed|withdrawn)$/.test(word))
    return 'cancelled'
  return /^(9|active|final|paid|new|original|corrected|replacement|adjusted)$/.test(word)
    ? 'stands'
    : { code: 'status-unknown', value: status }
}

/** By the national codes of the point of delivery, else by which date the line has. */
export function feedKindOf(
  { pod, appointment, arrival, started }: FeedRow,
  layout: FeedLayout,
): FeedKind {
  if (layout !== 'sus') return 'claim'
  if (pod) {
    if (/^(op|wf|out)/i.test(pod)) return 'outpatient'
    return /^(ae|a&e|ec|ed|emergency care)/i.test(pod) ? 'emergency-care' : 'admitted'
  }
  if (started) return 'admitted'
  return appointment ? 'outpatient' : arrival ? 'emergency-care' : 'admitted'
}

/** NHS Data Dictionary, ADMISSION METHOD CODE: emergency admissions are 21 to 25, 28, and 2A to 2D. */
const isEmergencyMethod = (method = ''): boolean => /^2[1-5]$|^28$|^2[A-D]$/i.test(method)
