import { Trans, useLingui } from '@lingui/react/macro'
import { useCancellableTask } from '#client/forms/use-cancellable-task.ts'
import { type SavingProgress, saveBackup } from '#client/queries/admin/exports-and-backups.ts'
import { useSession } from '#client/session/session.ts'
import { AuditCheckPanel } from '#features/admin/audit-check/audit-check.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { MakeExtract } from './make-extract.tsx'
import { RestoreBackup } from './restore-backup.tsx'

/** Backup, restore, and the check of the audit log. */
export function BackupPage() {
  const { t } = useLingui()
  const { actor } = useSession()
  return (
    <div className="backup">
      <PageHeading
        title={t`Backup and move`}
        lead={t`All records with all their versions, and the audit log, in one file.`}
      />
      {actor?.role === 'admin' ? (
        <>
          <MakeBackup />
          <RestoreBackup />
          <MakeExtract />
          <AuditCheckPanel />
        </>
      ) : (
        <EmptyState title={t`Not part of your role`}>
          <Trans>Only administrators can make and restore backups.</Trans>
        </EmptyState>
      )}
    </div>
  )
}

function MakeBackup() {
  const { t } = useLingui()
  const { state, why, progress, start, stop } = useCancellableTask<SavingProgress>(saveBackup)
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
      {state === 'going' ? (
        <Making progress={progress} stop={stop} />
      ) : (
        <Button onClick={start}>
          <Trans>Make a backup</Trans>
        </Button>
      )}
      {state === 'done' && <Notice tone="done" title={t`The backup is saved on this device.`} />}
      {state === 'stopped' && <Notice tone="info" title={t`Stopped: no backup was made`} />}
      {state === 'failed' && (
        <Notice tone="warning" title={t`No backup was made`}>
          {why}
        </Notice>
      )}
    </section>
  )
}

/** The size of the file is known only at its end. */
function Making({
  progress,
  stop,
}: Readonly<{ progress: SavingProgress | undefined; stop: () => void }>) {
  const { i18n } = useLingui()
  const { bytes = 0, records = 0 } = progress ?? {}
  const size = i18n.number(bytes / 1_000_000, { maximumFractionDigits: 1 })
  return (
    <>
      <p role="status">
        <Trans>
          Making the backup: {records} versions of records, {size} MB so far
        </Trans>
      </p>
      <Button variant="outline" onClick={stop}>
        <Trans>Stop</Trans>
      </Button>
    </>
  )
}
