import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { DeviceState } from '#client/offline/device-state.ts'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { FieldError } from '#ui/forms/field.tsx'

export type RebuildDatabase =
  | Readonly<{ from: 'demo' }>
  | Readonly<{ from: 'backup' }>
  | Readonly<{ from: 'file'; file: Blob }>

type Props = Readonly<{ device: DeviceState; remake: (how: RebuildDatabase) => void }>

/**
 * Shown instead of the app if there were records on this device and they are missing or cannot be read. It says which,
 * and does nothing by itself: what is still there stays until someone chooses.
 */
export function RecoveryScreen({ device, remake }: Props) {
  const { t } = useLingui()
  return (
    <main className="gable-start" aria-labelledby="recovery-title">
      <title>{t`Records not found - Gable`}</title>
      <h1 id="recovery-title" className="gable-start__title">
        {device.state === 'missing' ? (
          <Trans>The records on this device are missing</Trans>
        ) : (
          <Trans>The records on this device can’t be read</Trans>
        )}
      </h1>
      <WhatHappened device={device} />
      <Choices device={device} remake={remake} />
    </main>
  )
}

function WhatHappened({ device }: { device: DeviceState }) {
  return (
    <>
      <p>
        {device.state === 'missing' ? (
          <Trans>
            Gable kept records in this browser, and they are no longer there. The browser may have
            deleted them to free up space, or someone may have cleared the data of this site.
          </Trans>
        ) : (
          <Trans>
            Gable kept records in this browser. The files are there, but opening them failed. They
            have not been changed.
          </Trans>
        )}
      </p>
      {device.detail && (
        <p className="gable-start__detail">
          <Trans>Reason: {device.detail}</Trans>
        </p>
      )}
      <p>
        <Trans>No records are shown until you choose what to do.</Trans>
      </p>
    </>
  )
}

function Choices({ device, remake }: Props) {
  const { i18n } = useLingui()
  const { backup } = device
  const madeOn = backup && i18n.date(backup.madeOn, { dateStyle: 'long', timeStyle: 'short' })
  return (
    <ul className="gable-start__choices">
      {device.state === 'unreadable' && (
        <li>
          <h2>
            <Trans>Try once more</Trans>
          </h2>
          <p>
            <Trans>Nothing is deleted: Gable tries to open the same records again.</Trans>
          </p>
          <button type="button" className="nhsuk-button" onClick={() => location.reload()}>
            <Trans>Try again</Trans>
          </button>
        </li>
      )}
      {backup && (
        <li>
          <h2>
            <Trans>Go back to the last backup</Trans>
          </h2>
          <p>
            <Trans>Made on {madeOn}. Anything written after that is lost.</Trans>
          </p>
          <button type="button" className="nhsuk-button" onClick={() => remake({ from: 'backup' })}>
            <Trans>Restore the backup</Trans>
          </button>
        </li>
      )}
      <li>
        <FromFile remake={remake} />
      </li>
      <li>
        <h2>
          <Trans>Start again with the demonstration people</Trans>
        </h2>
        <p>
          <Trans>Everything written in this browser is deleted.</Trans>
        </p>
        <button
          type="button"
          className="nhsuk-button nhsuk-button--secondary"
          onClick={() => remake({ from: 'demo' })}
        >
          <Trans>Start again</Trans>
        </button>
      </li>
    </ul>
  )
}

function FromFile({ remake }: Pick<Props, 'remake'>) {
  const [file, setFile] = useState<File | undefined>()
  const [tried, setTried] = useState(false)
  const isMissing = tried && !file
  const restore = () => {
    setTried(true)
    if (file) remake({ from: 'file', file })
  }
  return (
    <CheckedForm onSubmit={restore}>
      <h2>
        <label htmlFor="backup-file">
          <Trans>Restore from a file</Trans>
        </label>
      </h2>
      <p>
        <FieldError
          id="backup-file"
          error={isMissing ? <Trans>Choose the file first</Trans> : undefined}
        />
        <input
          id="backup-file"
          aria-describedby={isMissing ? 'backup-file-error' : undefined}
          aria-invalid={isMissing || undefined}
          type="file"
          accept=".tar,.ndjson,.gz"
          onChange={(event) => setFile(event.target.files?.[0])}
        />
      </p>
      <button type="submit" className="nhsuk-button nhsuk-button--secondary">
        <Trans>Restore this file</Trans>
      </button>
    </CheckedForm>
  )
}
