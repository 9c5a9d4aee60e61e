import { Trans, useLingui } from '@lingui/react/macro'
import { saveBackup } from '#data/copies.ts'
import { useSession } from '#data/session/session.ts'
import { useSaving } from '#data/writing/use-saving.ts'
import { Button } from '#design/button.tsx'
import { Missing } from '#design/missing.tsx'
import { Notice } from '#design/notice.tsx'
import { PageHeading } from '#design/page-heading.tsx'
import { BringBack } from './bring-back.tsx'
import { Trail } from './trail.tsx'
import './backup.css'

/** Everything that is kept here: taken along, brought back, and whether its trail is whole. */
export function BackupPage() {
  const { t } = useLingui()
  const { actor } = useSession()
  return (
    <div className="backup">
      <title>{t`Backup and move – Gable`}</title>
      <PageHeading
        title={t`Backup and move`}
        lead={t`All records with all their versions, and the trail of who looked, in one file.`}
      />
      {actor?.role === 'admin' ? (
        <>
          <MakeBackup />
          <BringBack />
          <Trail />
        </>
      ) : (
        <Missing title={t`Not part of your role`}>
          <Trans>Administrators make backups and bring them back.</Trans>
        </Missing>
      )}
    </div>
  )
}

function MakeBackup() {
  const { t } = useLingui()
  const { state, why, start } = useSaving(saveBackup)
  return (
    <section aria-labelledby="make-backup">
      <h2 id="make-backup">
        <Trans>Make a backup</Trans>
      </h2>
      <p>
        <Trans>
          The file is not encrypted and holds everything. Keep it as safe as the records themselves.
        </Trans>
      </p>
      <Button pending={state === 'going'} onClick={start}>
        {state === 'going' ? <Trans>Making the backup</Trans> : <Trans>Make a backup</Trans>}
      </Button>
      {state === 'done' && <Notice tone="done" title={t`The backup is saved on this device.`} />}
      {state === 'failed' && (
        <Notice tone="warning" title={t`No backup was made`}>
          {why}
        </Notice>
      )}
    </section>
  )
}
