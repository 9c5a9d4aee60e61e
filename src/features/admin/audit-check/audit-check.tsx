import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { checkAuditLog } from '#client/queries/admin/exports-and-backups.ts'
import type { AuditLogCheck } from '#domain/audit/audit-log-check.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { Button } from '#ui/layout/button.tsx'
import { useShownZone } from '#ui/text/shown-zone.ts'

/** Whether the audit log is complete: checked on request, because every entry is read for it. */
export function AuditCheckPanel() {
  const { t } = useLingui()
  const work = useAsyncAction()
  const [found, setFound] = useState<AuditLogCheck>()
  const check = () => {
    setFound(undefined)
    void work.run(async () => setFound(await checkAuditLog()))
  }
  const why = work.failure instanceof Error ? work.failure.message : ''
  return (
    <section aria-labelledby="trail">
      <h2 id="trail">
        <Trans>Audit log</Trans>
      </h2>
      <p>
        <Trans>
          The audit log of who looked and who wrote is protected against changes. Checking it reads
          every entry, which may take minutes.
        </Trans>
      </p>
      <Button variant="outline" pending={work.pending} onClick={check}>
        {work.pending ? <Trans>Checking the audit log</Trans> : <Trans>Check the audit log</Trans>}
      </Button>
      {found ? <Found trail={found} /> : null}
      {work.failure ? (
        <Notice tone="warning" title={t`The audit log could not be checked`}>
          {why}
        </Notice>
      ) : null}
    </section>
  )
}

function Found({ trail }: { trail: AuditLogCheck }) {
  const { t, i18n } = useLingui()
  const zone = useShownZone()
  const { entries, fault: { block, entry } = {} } = trail
  const upTo = trail.upTo
    ? i18n.date(new Date(trail.upTo), { dateStyle: 'long', timeStyle: 'short', ...zone })
    : ''
  return (
    <>
      {trail.whole ? (
        <Notice
          tone="done"
          title={upTo ? t`The audit log is complete up to ${upTo}` : t`The audit log is complete`}
        >
          <Plural
            value={entries}
            one="One entry, not changed, removed or added."
            other="# entries, none changed, removed or added."
          />
        </Notice>
      ) : (
        <Notice tone="danger" title={t`The audit log has been changed or damaged`}>
          <Trans>
            First fault: block {block ?? '–'}, entry {entry ?? '–'}. Do not change the database, and
            investigate.
          </Trans>
        </Notice>
      )}
      {trail.head && (
        <p>
          <Trans>Latest audit checksum. Keep a copy somewhere else:</Trans>{' '}
          <code className="backup-head">
            <bdi>{trail.head}</bdi>
          </code>
        </p>
      )}
    </>
  )
}
