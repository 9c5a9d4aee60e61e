import { Trans, useLingui } from '@lingui/react/macro'
import { useId, useState } from 'react'
import { type BroughtBack, bringBackupBack } from '#data/copies.ts'
import { useSaving } from '#data/writing/use-saving.ts'
import { Button } from '#design/button.tsx'
import { Notice } from '#design/notice.tsx'

/** A backup chosen from this device is added to what is here. */
export function BringBack() {
  const { t } = useLingui()
  const id = useId()
  const [file, setFile] = useState<File>()
  const [brought, setBrought] = useState<BroughtBack>()
  const { state, why, isRefused, start } = useSaving(async () => {
    if (file) setBrought(await bringBackupBack(file))
  })
  const { records = 0, kept = 0 } = brought ?? {}
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        <Trans>Bring a backup in</Trans>
      </h2>
      <p>
        <Trans>
          The file is checked to its last byte first. Records that are here stay as they are; what
          is not here is added, all of it or nothing.
        </Trans>
      </p>
      <p>
        <label htmlFor={id} className="backup-label">
          <Trans>A backup of Gable (.tar)</Trans>
        </label>
        <input
          id={id}
          type="file"
          accept=".tar,application/x-tar"
          onChange={({ target }) => setFile(target.files?.[0])}
        />
      </p>
      <Button variant="outline" pending={state === 'going'} disabled={!file} onClick={start}>
        {state === 'going' ? <Trans>Bringing it in</Trans> : <Trans>Bring it in</Trans>}
      </Button>
      {state === 'done' && (
        <Notice tone="done" title={t`The backup is in`}>
          <Trans>
            Added: {records} records. Here already and left as they are: {kept}.
          </Trans>
        </Notice>
      )}
      {state === 'failed' && (
        <Notice
          tone="danger"
          title={isRefused ? t`Nothing was changed` : t`It is not known whether it came in`}
        >
          {isRefused ? (
            why
          ) : (
            <Trans>
              The answer was lost. Bring it in once more: what is here already stays as it is.
            </Trans>
          )}
        </Notice>
      )}
    </section>
  )
}
