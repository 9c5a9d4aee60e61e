import { Plural, Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { ListRead } from '#client/queries/admin/import.ts'
import { feedLineType } from '#domain/feed/feed-line-type.ts'
import type { CsvFault } from '#domain/import/csv/csv-fault.ts'
import type { ImportRefusal, NamedPerson, Note } from '#domain/import/tally.ts'
import { CorrectedFile } from './corrected-file-link.tsx'
import { useFaultWords } from './use-fault-words.ts'

const most = 200

/** Every record that was refused, with its reason. */
export function Refusals({
  refusals,
  lists,
}: Readonly<{ refusals: readonly ImportRefusal[]; lists: readonly ListRead[] }>) {
  return (
    <>
      <h2>
        <Trans>Refused, and why</Trans>
      </h2>
      {lists.map((list) => (
        <CorrectedFile key={list.file} list={list} refusals={refusals} />
      ))}
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
      <List named={notes}>{(each) => <p>{each.note}</p>}</List>
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

function RowFault(fault: CsvFault): string {
  return useFaultWords()(fault)
}
