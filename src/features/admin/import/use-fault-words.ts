import { useLingui } from '@lingui/react/macro'
import type { CsvFault } from '#domain/import/csv/csv-fault.ts'

/** What is wrong with a row, in the reader’s language. */
export function useFaultWords(): (fault: CsvFault) => string {
  const { t } = useLingui()
  return ({ code, value }) => {
    const words: Readonly<Record<CsvFault['code'], string>> = {
      'no-name': t`There is no name.`,
      'too-many-cells': t`“${value}” is beyond the last heading. The cells in this row may have moved.`,
      'date-unread': t`We cannot read “${value}” as a date. Write 1934-01-04 or 04/01/1934.`,
      'date-impossible': t`“${value}” is not a possible day, month and year.`,
      'date-two-ways': t`“${value}” could be two different dates, because this list has dates with the month first.`,
      'nhs-number-wrong': t`“${value}” is not an NHS number: it needs ten digits.`,
      'gender-unknown': t`“${value}” is not male, female, other or unknown.`,
      'email-wrong': t`“${value}” is not an email address.`,
      twice: t`This is the same person as in row ${value}.`,
      'quote-open': t`A quotation mark is not closed, or there is text after a closing one.`,
      'no-value': t`“${value}” is what a spreadsheet or database writes for an empty or wrong value.`,
      cut: t`The file ends in the middle of this row. It may have been cut.`,
      'left-before': t`“${value}” is before the date on which they were registered.`,
      'too-long': t`“${value}” is too long for a cell about a person. It may be several rows in one.`,
      shortened: t`“${value}” was shortened by a spreadsheet: its last digits are missing.`,
    }
    return words[code]
  }
}
