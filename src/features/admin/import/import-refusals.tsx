import { Trans, useLingui } from '@lingui/react/macro'
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
  total,
  lists,
  rows,
}: Readonly<{
  refusals: readonly ImportRefusal[]
  total: number
  lists: readonly ListRead[]
  rows: ReadonlyMap<string, Blob>
}>) {
  return (
    <>
      <h2>
        <Trans>Refused, and why</Trans>
      </h2>
      {lists.map((list) => {
        const mine = rows.get(list.file)
        return mine && <CorrectedFile key={list.file} list={list} rows={mine} />
      })}
      <List named={refusals} total={total}>
        {(each) => <Why refusal={each} />}
      </List>
    </>
  )
}

/** Records that the file would have set back to what they were before somebody corrected them here. */
type Kept = Readonly<{ kept: readonly NamedPerson[]; total: number }>

export function KeptOurs({ kept, total }: Kept) {
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
      <List named={kept} total={total}>
        {() => null}
      </List>
    </>
  )
}

/** Imported records, each with its note. */
export function NotedRows({ notes, total }: Readonly<{ notes: readonly Note[]; total: number }>) {
  return (
    <>
      <h2>
        <Trans>Imported, with a warning</Trans>
      </h2>
      <List named={notes} total={total}>
        {(each) => <p>{each.note}</p>}
      </List>
    </>
  )
}

/** A row of a list of people; the id of its record means nothing to a reader. */
const isRow = (each: NamedPerson) =>
  'faults' in each || each.id.startsWith('csv-') || each.type === feedLineType

type ListProps<T> = Readonly<{
  /** the first of `total` */
  named: readonly T[]
  total: number
  children: (each: T) => ReactNode
}>

function List<T extends NamedPerson>({ named, total, children }: ListProps<T>) {
  const { i18n } = useLingui()
  const shown = Math.min(named.length, most)
  const [first, all] = [i18n.number(shown), i18n.number(total)]
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
      {total > shown && (
        <p className="import-note">
          <Trans>
            These are the first {first} of {all}.
          </Trans>
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
