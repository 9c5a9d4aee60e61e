import type { CsvFault } from '#domain/import/csv/csv-fault.ts'
import type { Unreadable } from '#domain/import/parts.ts'

/** What the command line says of a row that was refused; the page has its own words, in the reader's language. */
export function rowFaultWords({ code, value }: CsvFault): string {
  const words: Readonly<Record<CsvFault['code'], string>> = {
    'no-name': 'there is no name',
    'too-many-cells': `"${value}" stands beyond the last heading: the row may have slipped`,
    'date-unread': `"${value}" is not a date that can be read: write 1934-01-04 or 04/01/1934`,
    'date-impossible': `"${value}" cannot be right as day, month and year`,
    'date-two-ways': `"${value}" can be read two ways, as the list has dates with the month first`,
    'nhs-number-wrong': `"${value}" is not an NHS number: its check digit does not fit`,
    'gender-unknown': `"${value}" is not male, female, other or unknown`,
    'email-wrong': `"${value}" is not an email address`,
    twice: `the same person as in row ${value}`,
    'quote-open': 'a quotation mark is not closed, or words stand behind one that is',
    'no-value': `"${value}" is what a spreadsheet or a database writes where it has no value`,
    shortened: `"${value}" was shortened by a spreadsheet: its last digits are gone`,
  }
  return words[code]
}

export function unreadableWords(unreadable: Unreadable): string {
  const words = {
    empty: 'the file is empty',
    'not-known': 'neither FHIR JSON nor a list with a heading such as "Family name"',
    'not-utf8': 'the letters cannot be read: save it as UTF-8',
  }
  return words[unreadable.why]
}
