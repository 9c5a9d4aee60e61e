/** What a column of a list of people may hold. A person may have several address lines; of the rest there is one each. */
export type CsvField =
  | 'family'
  | 'given'
  | 'title'
  | 'birthDate'
  | 'died'
  | 'gender'
  | 'nhsNumber'
  | 'recordNumber'
  | 'line'
  | 'town'
  | 'county'
  | 'postcode'
  | 'phone'
  | 'mobile'
  | 'email'
  | 'practiceCode'
  | 'practiceName'
  | 'registered'
  | 'left'
  | 'leftWhy'
  | 'ethnicity'
  | 'language'

/**
 * Headings that are understood, the one of our own template first; case, spaces and punctuation do not matter. Beside the
 * usual words these are the headings of reports from EMIS Web and SystmOne and the element names of PDS, see docs/import.md.
 */
const headings: Readonly<Record<CsvField, readonly string[]>> = {
  family: ['Family name', 'Family', 'Surname', 'Last name'],
  given: [
    ...['Given name', 'Given names', 'Given', 'First name', 'First names', 'Forename', 'Forenames'],
  ],
  title: ['Title', 'Prefix'],
  birthDate: ['Birth date', 'Date of birth', 'DOB', 'Born', 'Person birth date'],
  died: ['Date of death', 'Death date', 'Died', 'Deceased date'],
  gender: ['Gender', 'Sex', 'Gender code', 'Administrative gender'],
  nhsNumber: ['NHS number', 'NHS no', 'NHS number value'],
  recordNumber: [
    ...['Record number', 'Local number', 'Hospital number', 'Patient number', 'Patient ID'],
    ...['EMIS number', 'SystmOne ID', 'Local patient identifier'],
  ],
  line: [
    ...['Address', 'Address line', 'Street', 'House name', 'House number', 'Road', 'Locality'],
    ...['House name flat number', 'Number and street', 'Village'],
  ],
  town: ['Town', 'City', 'Post town'],
  county: ['County', 'District'],
  postcode: ['Postcode', 'Post code', 'Postal code'],
  phone: [
    ...['Phone', 'Telephone', 'Home phone', 'Phone number', 'Telephone number', 'Telephone home'],
    ...['Home telephone', 'Home telephone number'],
  ],
  mobile: [
    ...['Mobile', 'Mobile phone', 'Mobile number', 'Mobile telephone', 'Mobile telephone number'],
  ],
  email: ['Email', 'Email address'],
  practiceCode: [
    ...['Practice code', 'GP practice code', 'GP code', 'ODS code', 'Primary care code'],
    ...['Organisation code', 'Registered practice code'],
  ],
  practiceName: [
    ...['Practice name', 'GP practice', 'GP practice name', 'Practice', 'Surgery'],
    ...['Registered practice'],
  ],
  registered: [
    ...['Registered on', 'Date of registration', 'Date registered', 'Registered date'],
    ...['Registration date', 'Registration start date', 'GP registration start date'],
  ],
  left: [
    ...['Left on', 'Date left', 'Deduction date', 'Date of deduction', 'Deducted date'],
    ...['Registration end date', 'GP registration end date', 'Reason for removal start date'],
  ],
  leftWhy: [
    ...['Why they left', 'Reason for leaving', 'Deduction reason', 'Reason for deduction'],
    ...['Reason for removal', 'Reason for removal code'],
  ],
  ethnicity: [
    ...['Ethnic category', 'Ethnicity', 'Ethnic group', 'Ethnic category code', 'Ethnicity code'],
  ],
  language: ['Language', 'Main language', 'Preferred language', 'Main spoken language'],
}

const plain = (heading: string) => heading.toLowerCase().replace(/[^a-z0-9]/g, '')

const fieldByHeading = new Map<string, CsvField>(
  (Object.entries(headings) as [CsvField, readonly string[]][]).flatMap(([field, names]) =>
    names.map((name) => [plain(name), field] as const),
  ),
)

export type CsvColumns = Readonly<{
  /** the field of each column; undefined for one that is ignored */
  fields: readonly (CsvField | undefined)[]
  /** headings that are not understood, or repeat another column */
  unread: readonly string[]
}>

/** Reads the headings; undefined if none of them is a name: then it is not a list of people. */
export function csvColumns(cells: readonly string[]): CsvColumns | undefined {
  const seen = new Set<CsvField>()
  const fields = cells.map((cell) => {
    const field = fieldOf(cell)
    if (field === undefined || (field !== 'line' && seen.has(field))) return undefined
    seen.add(field)
    return field
  })
  if (!seen.has('family') && !seen.has('given')) return undefined
  return { fields, unread: cells.filter((cell, at) => cell !== '' && fields[at] === undefined) }
}

/** How a cell is written; anything else in brackets may make it another's: "Phone (next of kin)". */
const layout = /\((ods|[dmy /.-]+)\)\s*$/i

/** "Address 1", "Address line 2" … are address lines; for "DOB (dd/mm/yyyy)" the text before it counts. */
function fieldOf(heading: string): CsvField | undefined {
  const name = plain(heading.replace(layout, ''))
  return fieldByHeading.get(name) ?? fieldByHeading.get(name.replace(/\d$/, ''))
}

/** An empty list to fill in: only the headings, because somebody would import an example as a person one day. */
export function csvTemplate(): string {
  const names = Object.values(headings).map(([name]) => name)
  return `\uFEFF${names.join(',')}\r\n`
}
