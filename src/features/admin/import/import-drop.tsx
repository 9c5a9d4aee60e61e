import { Trans, useLingui } from '@lingui/react/macro'
import { type DragEvent, useId, useState } from 'react'
import { csvTemplate } from '#domain/import/csv/csv-columns.ts'

/** Files are chosen with the browser's own control, or dropped anywhere on its frame. */
export function ImportDrop({
  onFiles,
  again,
}: Readonly<{ onFiles: (files: readonly File[]) => void; again: boolean }>) {
  const id = useId()
  const [over, setOver] = useState(false)
  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    onFiles([...event.dataTransfer.files])
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the file control inside works by keyboard
    <div
      className={`import-drop ${over ? 'import-drop--over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <label htmlFor={id}>
        {again ? <Trans>Choose more files</Trans> : <Trans>Choose files, or drop them here</Trans>}
      </label>
      <p className="nhsuk-hint" id={`${id}-hint`}>
        <Trans>
          FHIR bundles (.json), one record per line (.ndjson), a list of people, lines of activity
          and cost or scores of others (.csv), or a plan that somebody took with them (.html), also
          compressed (.gz). If you choose several, Gable sorts them: people first, then the records
          that belong to them.
        </Trans>
      </p>
      <input
        id={id}
        type="file"
        multiple
        accept=".json,.ndjson,.csv,.html,.gz,application/json,application/fhir+json,text/csv,text/html"
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <ListHelp />
    </div>
  )
}

/** How to lay out a list of people, with an empty one to fill in. */
function ListHelp() {
  const { t } = useLingui()
  return (
    <details className="import-help">
      <summary>
        <Trans>How to lay out a list of people</Trans>
      </summary>
      <p>
        <Trans>
          One row per person. The first row has the headings, in any order. You need a family name
          or a given name. Everything else is optional.
        </Trans>
      </p>
      <ul>
        <li>
          <Trans>
            Name: Family name, Given name, Title. Surname, First name and Forename also work.
          </Trans>
        </li>
        <li>
          <Trans>
            Details: Birth date, Date of death, Gender (male, female, other, unknown), NHS number,
            Record number.
          </Trans>
        </li>
        <li>
          <Trans>
            Contact: Address (or Address 1, Address 2 and so on), Town, County, Postcode, Phone,
            Mobile, Email.
          </Trans>
        </li>
        <li>
          <Trans>
            Practice: Practice code (ODS), Practice name. If Gable knows the code, the person is
            linked to that practice.
          </Trans>
        </li>
      </ul>
      <p>
        <Trans>
          Write dates as 1934-01-04, 04/01/1934 (day first) or 4 Jan 1934. Separate cells with
          commas, semicolons or tabs. Save as “CSV UTF-8”. If someone’s NHS number is already here,
          their record is not changed.
        </Trans>
      </p>
      <p>
        <a
          href={`data:text/csv;charset=utf-8,${encodeURIComponent(csvTemplate())}`}
          download={t`people.csv`}
        >
          <Trans>Download an empty list to fill in</Trans>
        </a>
      </p>
    </details>
  )
}
