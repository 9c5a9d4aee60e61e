import { Trans } from '@lingui/react/macro'
import { type DragEvent, useId, useState } from 'react'

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
          Bundles (.json) or one record a line (.ndjson), also packed (.gz). Several at once are put
          in order: people first, then what belongs to them.
        </Trans>
      </p>
      <input
        id={id}
        type="file"
        multiple
        accept=".json,.ndjson,.gz,application/json,application/fhir+json"
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
    </div>
  )
}
