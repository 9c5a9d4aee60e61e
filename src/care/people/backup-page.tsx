import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { saveBackup, trailCheck } from '#data/copies.ts'
import { useSession } from '#data/session/session.ts'
import { useSaving } from '#data/writing/use-saving.ts'
import { Button } from '#design/button.tsx'
import { Missing } from '#design/missing.tsx'
import { Notice } from '#design/notice.tsx'
import { PageHeading } from '#design/page-heading.tsx'
import { Skeleton } from '#design/skeleton.tsx'
import { BringBack } from './bring-back.tsx'
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
          <Suspense fallback={<Skeleton lines={3} />}>
            <Trail />
          </Suspense>
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

function Trail() {
  const { t, i18n } = useLingui()
  const { data: trail } = useSuspenseQuery(trailCheck())
  const { entries, block, entry } = trail
  const upTo = trail.upTo
    ? i18n.date(new Date(trail.upTo), { dateStyle: 'long', timeStyle: 'short' })
    : ''
  return (
    <section aria-labelledby="trail">
      <h2 id="trail">
        <Trans>The trail</Trans>
      </h2>
      {trail.whole ? (
        <Notice
          tone="done"
          title={upTo ? t`The trail is whole up to ${upTo}` : t`The trail is whole`}
        >
          <Plural
            value={entries}
            one="One entry, not changed, removed or slipped in."
            other="# entries, none changed, removed or slipped in."
          />
        </Notice>
      ) : (
        <Notice tone="danger" title={t`The trail is not whole`}>
          <Trans>
            The first fault: block {block ?? '–'}, entry {entry ?? '–'}. Keep the database as it is,
            and look into it.
          </Trans>
        </Notice>
      )}
      {trail.head && (
        <p>
          <Trans>The newest block, to be noted elsewhere now and then:</Trans>{' '}
          <code className="backup-head">
            <bdi>{trail.head}</bdi>
          </code>
        </p>
      )}
    </section>
  )
}
