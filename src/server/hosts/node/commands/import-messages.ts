import type { CsvFault } from '#domain/import/csv/csv-fault.ts'
import type { UnreadableFile } from '#domain/import/parts.ts'

/** What the command line says of a row that was refused; the page has its own words, in the reader's language. */
export function importRowMessage({ code, value }: CsvFault): string {
  const words: Readonly<Record<CsvFault['code'], string>> = {
    'no-name': 'there is no name',
    'too-many-cells': `"${value}" is beyond the last heading: the cells in this row may have moved`,
    'date-unread': `"${value}" cannot be read as a date: write 1934-01-04 or 04/01/1934`,
    'date-impossible': `"${value}" is not a possible day, month and year`,
    'date-two-ways': `"${value}" could be two different dates, because the list has dates with the month first`,
    'nhs-number-wrong': `"${value}" is not a valid NHS number: its check digit is wrong`,
    'gender-unknown': `"${value}" is not male, female, other or unknown`,
    'email-wrong': `"${value}" is not an email address`,
    twice: `the same person as in row ${value}`,
    'quote-open': 'a quotation mark is not closed, or there is text after a closing one',
    'no-value': `"${value}" is what a spreadsheet or database writes for an empty or wrong value`,
    shortened: `"${value}" was shortened by a spreadsheet: its last digits are missing`,
  }
  return words[code]
}

export function unreadableFileMessage(unreadable: UnreadableFile): string {
  const words = {
    empty: 'the file is empty',
    'not-known': 'not FHIR JSON, and not a list with a heading such as "Family name"',
    'not-utf8': 'the text encoding cannot be read: save it as CSV UTF-8',
  }
  return words[unreadable.why]
}
