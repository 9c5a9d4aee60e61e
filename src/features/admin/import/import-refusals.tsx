import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { CsvFault } from '#domain/import/csv/csv-fault.ts'
import type { Named, Note, Refusal } from '#domain/import/tally.ts'

const most = 200

/** Every record that was not taken in, with its reason. */
export function Refusals({ refusals }: { refusals: readonly Refusal[] }) {
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
export function KeptOurs({ kept }: { kept: readonly Named[] }) {
  return (
    <>
      <h2>
        <Trans>Kept as corrected here</Trans>
      </h2>
      <p>
        <Trans>
          These were changed or deleted here since they were brought in. The file says something
          else: what stands here was left.
        </Trans>
      </p>
      <List named={kept}>{() => null}</List>
    </>
  )
}

/** Records that are in, with what is to be known of each. */
export function Noted({ notes }: { notes: readonly Note[] }) {
  return (
    <>
      <h2>
        <Trans>Taken in, with something to know</Trans>
      </h2>
      <List named={notes}>{(each) => <span>: {each.note}</span>}</List>
    </>
  )
}

/** A row of a list of people; its record has an id that says nothing to anybody. */
const isRow = (each: Named) => 'faults' in each || each.id.startsWith('csv-')

type ListProps<T> = Readonly<{ named: readonly T[]; children: (each: T) => ReactNode }>

function List<T extends Named>({ named, children }: ListProps<T>) {
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

function Why({ refusal: { reason, faults } }: { refusal: Refusal }) {
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
    'too-many-cells': t`“${value}” stands beyond the last heading: the row may have slipped.`,
    'date-unread': t`“${value}” is not a date that can be read. Write 1934-01-04 or 04/01/1934.`,
    'date-impossible': t`“${value}” cannot be right as day, month and year.`,
    'date-two-ways': t`“${value}” can be read two ways, because this list has dates with the month first.`,
    'nhs-number-wrong': t`“${value}” is not an NHS number: its check digit does not fit.`,
    'gender-unknown': t`“${value}” is not male, female, other or unknown.`,
    'email-wrong': t`“${value}” is not an email address.`,
    twice: t`This is the same person as in row ${value}.`,
    'quote-open': t`A quotation mark is not closed, or words stand behind one that is.`,
    'no-value': t`“${value}” is what a spreadsheet or a database writes where it has no value.`,
    shortened: t`“${value}” was shortened by a spreadsheet: its last digits are gone.`,
  }
  return words[code]
}
