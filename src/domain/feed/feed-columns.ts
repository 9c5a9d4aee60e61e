/** What a column of a feed may hold. */
export type FeedField =
  | 'source'
  | 'line'
  | 'lineNumber'
  | 'nhsNumber'
  | 'number'
  | 'numberSystem'
  | 'born'
  | 'pod'
  | 'started'
  | 'appointment'
  | 'arrival'
  | 'ended'
  | 'method'
  | 'code'
  | 'provider'
  | 'cost'
  | 'currency'
  | 'status'
  | 'received'

export type FeedLayout = 'sus' | 'claims' | 'cclf'

/**
 * Headings that are understood in each layout, the first as our documentation has it; case, spaces and punctuation do
 * not matter. SUS: names of the NHS Data Dictionary beside plain ones. CCLF: names of “Claim and Claim Line Feed File
 * Data Elements Resource” (CMS, April 2021, version 2), of the Part A header (CCLF1), the Part B physician lines (CCLF5)
 * and the Part B equipment lines (CCLF6).
 */
const headings: Readonly<
  Record<FeedLayout, Readonly<Partial<Record<FeedField, readonly string[]>>>>
> = {
  sus: {
    line: [
      'Line',
      'Line ID',
      'Activity ID',
      'Spell ID',
      'Hospital provider spell number',
      'Hospital provider spell identifier',
      'Attendance identifier',
      'Outpatient attendance identifier',
      'Emergency care attendance identifier',
      'CDS unique identifier',
    ],
    source: ['Source'],
    nhsNumber: ['NHS number'],
    born: ['Birth date', 'Date of birth', 'Person birth date', 'DOB'],
    pod: ['POD', 'Point of delivery', 'Point of delivery code'],
    started: ['Admission date', 'Start date', 'Start date (hospital provider spell)'],
    appointment: ['Appointment date', 'Attendance date'],
    arrival: ['Arrival date', 'Emergency care arrival date'],
    ended: [
      'Discharge date',
      'End date',
      'Discharge date (hospital provider spell)',
      'Emergency care departure date',
    ],
    method: [
      'Admission method',
      'Admission method code',
      'Admission method code (hospital provider spell)',
    ],
    code: ['HRG', 'HRG code', 'Spell HRG', 'SUS HRG', 'Healthcare resource group code'],
    provider: ['Provider code', 'Provider', 'Organisation code (code of provider)'],
    cost: ['Cost', 'Total cost', 'Price', 'Tariff'],
    currency: ['Currency'],
    status: ['Status', 'CDS update type'],
    received: ['Received', 'Extract date', 'CDS extract date'],
  },
  claims: {
    line: ['Claim ID', 'Claim number', 'Claim'],
    lineNumber: ['Claim line', 'Claim line number', 'Line number'],
    source: ['Source', 'Payer'],
    nhsNumber: ['NHS number'],
    number: ['Member ID', 'Member number', 'Patient ID'],
    numberSystem: ['Member ID system'],
    born: ['Birth date', 'Date of birth', 'DOB'],
    started: ['From date', 'Service date', 'Start date', 'Claim start date'],
    ended: ['To date', 'End date', 'Claim end date'],
    code: ['Code', 'DRG', 'Procedure code'],
    provider: ['Provider', 'Provider ID', 'Provider code'],
    cost: ['Paid amount', 'Paid', 'Cost', 'Amount'],
    currency: ['Currency'],
    status: ['Status', 'Claim status'],
    received: ['Received', 'Extract date'],
  },
  cclf: {
    line: ['CUR_CLM_UNIQ_ID'],
    lineNumber: ['CLM_LINE_NUM'],
    number: ['BENE_MBI_ID'],
    started: ['CLM_FROM_DT'],
    ended: ['CLM_THRU_DT'],
    code: ['DGNS_DRG_CD', 'CLM_LINE_HCPCS_CD'],
    provider: ['PRVDR_OSCAR_NUM'],
    cost: ['CLM_PMT_AMT', 'CLM_LINE_CVRD_PD_AMT'],
    status: ['CLM_ADJSMT_TYPE_CD'],
  },
}

const plain = (heading: string) => heading.toLowerCase().replace(/[^a-z0-9]/g, '')

const fieldsByHeading = new Map(
  Object.entries(headings).map(([layout, fields]) => [
    layout,
    new Map(
      Object.entries(fields).flatMap(([field, names]) =>
        names.map((name) => [plain(name), field as FeedField] as const),
      ),
    ),
  ]),
)

export type FeedColumns = Readonly<{
  layout: FeedLayout
  /** the field of each column; undefined for one that is ignored */
  fields: readonly (FeedField | undefined)[]
  unread: readonly string[]
}>

/** The layout that these headings are, if they are one of a feed: the most particular first. */
export function feedColumns(cells: readonly string[]): FeedColumns | undefined {
  const layouts: readonly FeedLayout[] = ['cclf', 'claims', 'sus']
  return layouts.map((layout) => columnsOf(layout, cells)).find((each) => each !== undefined)
}

function columnsOf(layout: FeedLayout, cells: readonly string[]): FeedColumns | undefined {
  const seen = new Set<FeedField>()
  const fields = cells.map((cell) => {
    const field = fieldsByHeading.get(layout)?.get(plain(cell))
    if (field === undefined || seen.has(field)) return undefined
    seen.add(field)
    return field
  })
  const dated: readonly FeedField[] = ['started', 'appointment', 'arrival']
  if (layout === 'cclf' && (!seen.has('cost') || isPartOfClaims(cells))) return undefined
  const isOne =
    seen.has('line') &&
    (seen.has('nhsNumber') || seen.has('number')) &&
    dated.some((each) => seen.has(each))
  if (!isOne) return undefined
  return { layout, fields, unread: cells.filter((cell, at) => cell !== '' && !fields[at]) }
}

/**
 * Whether it is the revenue center file of CCLF (CCLF2): its lines are parts of the claims of CCLF1, and would be counted
 * twice. Files of procedures and diagnoses (CCLF3, CCLF4) have no amount, and would put claims without a cost in the place
 * of those that have one.
 */
const isPartOfClaims = (cells: readonly string[]) =>
  cells.some((cell) => plain(cell) === plain('CLM_LINE_PROD_REV_CTR_CD'))

/** Headings that hold a day. */
export const feedDateFields: readonly FeedField[] = [
  ...(['born', 'started', 'appointment', 'arrival', 'ended', 'received'] as const),
]
