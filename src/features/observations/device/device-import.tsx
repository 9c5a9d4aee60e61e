import { Trans, useLingui } from '@lingui/react/macro'
import { useId, useState } from 'react'
import { useSaveState } from '#client/forms/use-record-form.ts'
import {
  keepDeviceReadings,
  previewDevice,
  takeBackReadings,
} from '#client/queries/device/device-readings.ts'
import { type DeviceRow, mostDeviceRows } from '#domain/reading/device-rows.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Field } from '#ui/forms/field.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DevicePreview } from './device-preview.tsx'
import './device.css'

/** Larger than any such file is. */
const mostBytes = 2_000_000

type Fault = 'not-read' | 'too-large' | 'too-many' | 'no-name'

/** Readings from the file of a device: what would be kept is shown first, then it is kept, and can be taken back. */
export function DeviceImport({ person }: { person: string }) {
  const { t } = useLingui()
  const fileId = useId()
  const [isOpen, setOpen] = useState(false)
  const [device, setDevice] = useState('')
  const [rows, setRows] = useState<readonly DeviceRow[]>()
  const [fault, setFault] = useState<Fault>()
  const saving = useSaveState()
  const coming = (rows ?? []).flatMap((row) => (row.is === 'new' ? [row] : []))
  const choose = async (file: File | undefined) => {
    setRows(undefined)
    setFault(undefined)
    if (!file) return
    if (file.size > mostBytes) return setFault('too-large')
    const text = await file.text()
    await saving.run(async () => {
      const found = await previewDevice({ person, text, device: device.trim() })
      if (!found) setFault('not-read')
      else if (found.length > mostDeviceRows) setFault('too-many')
      else setRows(found)
    })
  }
  const named = coming.map((row) => ({ ...row, device: row.device || device.trim() }))
  const keep = async () => {
    if (named.some((row) => row.device === '')) return setFault('no-name')
    setFault(undefined)
    if (!(await saving.run(() => keepDeviceReadings(named)))) return
    const ids = named.map(({ reading }) => reading.id)
    const count = ids.length
    toast(<Trans>Readings saved: {count}</Trans>, () => takeBackReadings(ids))
    setRows(undefined)
    setOpen(false)
  }
  if (!isOpen)
    return (
      <div className="device-import">
        <Button variant="outline" onClick={() => setOpen(true)}>
          <Trans>Add readings from a device</Trans>
        </Button>
      </div>
    )
  const words: Readonly<Record<Fault, string>> = {
    'not-read': t`This file cannot be read: it is no table with a day and readings, and no FHIR. Nothing was kept.`,
    'too-large': t`This file is too large. 2 MB at most`,
    'too-many': t`This file has more than ${mostDeviceRows} readings. Export fewer days`,
    'no-name': t`Enter what the device is called`,
  }
  return (
    <div className="device-import">
      <TextField
        label={t`Which device is it?`}
        hint={t`For example: Omron M7. Not needed if the file says it.`}
        value={device}
        onChange={setDevice}
        error={fault === 'no-name' ? words['no-name'] : undefined}
      />
      <Field
        id={fileId}
        label={t`The file that the device or its app wrote`}
        hint={t`A table (CSV) with a day, a time and readings, or FHIR. Days are day, month, year.`}
        error={fault && fault !== 'no-name' ? words[fault] : undefined}
      >
        <input
          id={fileId}
          type="file"
          accept=".csv,.txt,.json,.ndjson,text/csv,application/json,application/fhir+json"
          aria-invalid={fault && fault !== 'no-name' ? true : undefined}
          onChange={({ target }) => void choose(target.files?.[0])}
        />
      </Field>
      <div aria-live="polite">
        {rows ? <DevicePreview rows={rows} device={device.trim()} /> : null}
      </div>
      <SaveNote saving={saving} />
      <div className="two-ways-out">
        {coming.length > 0 ? (
          <Button pending={saving.pending} onClick={() => void keep()}>
            <Trans>Keep these readings</Trans>
          </Button>
        ) : null}
        <Button variant="link" onClick={() => setOpen(false)}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </div>
  )
}
