import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { feedLineType } from '#domain/feed/feed-line-type.ts'
import type { CsvFault } from '#domain/import/csv/csv-fault.ts'
import type { ImportRefusal, NamedPerson, Note } from '#domain/import/tally.ts'

const most = 200

/** Every record that was refused, with its reason. */
export function Refusals({ refusals }: { refusals: readonly ImportRefusal[] }) {
  return (
    <>
      <h2>
        <Trans>Refused, and why</Trans>
      </h2>
      <List named={refusals}>{(each) => <Why refusal={each} />}</List>
    </>
  )
}

/** Records that the file would have set back to what they were before somebody corrected them here. */
export function KeptOurs({ kept }: { kept: readonly NamedPerson[] }) {
  return (
    <>
      <h2>
        <Trans>Kept as corrected here</Trans>
      </h2>
      <p>
        <Trans>
          These were changed or deleted here after they were imported. The file is different. We
          kept what is here.
        </Trans>
      </p>
      <List named={kept}>{() => null}</List>
    </>
  )
}

/** Imported records, each with its note. */
export function NotedRows({ notes }: { notes: readonly Note[] }) {
  return (
    <>
      <h2>
        <Trans>Imported, with a warning</Trans>
      </h2>
      <List named={notes}>{(each) => <span>: {each.note}</span>}</List>
    </>
  )
}

/** A row of a list of people; the id of its record means nothing to a reader. */
const isRow = (each: NamedPerson) =>
  'faults' in each || each.id.startsWith('csv-') || each.type === feedLineType

type ListProps<T> = Readonly<{ named: readonly T[]; children: (each: T) => ReactNode }>

function List<T extends NamedPerson>({ named, children }: ListProps<T>) {
  const more = named.length - most
  return (
    <>
      <ul className="import-list">
        {named.slice(0, most).map((each) => (
          <li key={`${each.file} ${each.place}`}>
            {each.id && !isRow(each) && (
              <strong>
                {each.type} <bdi>{each.id}</bdi>
              </strong>
            )}
            {children(each)}
            <span className="import-note">
              {isRow(each) ? (
                <Trans>
                  Row {each.place} of <bdi>{each.file}</bdi>
                </Trans>
              ) : (
                <Trans>
                  Record {each.place} of <bdi>{each.file}</bdi>
                </Trans>
              )}
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && (
        <p className="import-note">
          <Plural value={more} one="and # more" other="and # more" />
        </p>
      )}
    </>
  )
}

function Why({ refusal: { reason, faults } }: { refusal: ImportRefusal }) {
  if (!faults) return <p>{reason}</p>
  return faults.map((fault) => (
    <p key={fault.code + fault.value}>
      <RowFault {...fault} />
    </p>
  ))
}

function RowFault({ code, value }: CsvFault): string {
  const { t } = useLingui()
  const words: Readonly<Record<CsvFault['code'], string>> = {
    'no-name': t`There is no name.`,
    'too-many-cells': t`“${value}” is beyond the last heading. The cells in this row may have moved.`,
    'date-unread': t`We cannot read “${value}” as a date. Write 1934-01-04 or 04/01/1934.`,
    'date-impossible': t`“${value}” is not a possible day, month and year.`,
    'date-two-ways': t`“${value}” could be two different dates, because this list has dates with the month first.`,
    'nhs-number-wrong': t`“${value}” is not a valid NHS number: its check digit is wrong.`,
    'gender-unknown': t`“${value}” is not male, female, other or unknown.`,
    'email-wrong': t`“${value}” is not an email address.`,
    twice: t`This is the same person as in row ${value}.`,
    'quote-open': t`A quotation mark is not closed, or there is text after a closing one.`,
    'no-value': t`“${value}” is what a spreadsheet or database writes for an empty or wrong value.`,
    shortened: t`“${value}” was shortened by a spreadsheet: its last digits are missing.`,
  }
  return words[code]
}
