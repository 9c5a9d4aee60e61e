import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useWork } from '#client/forms/use-async-action.ts'
import { checkTrail, type TrailCheck } from '#client/queries/admin/exports-and-backups.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { Button } from '#ui/layout/button.tsx'
import { useShownZone } from '#ui/text/shown-zone.ts'

/** Whether the trail is whole: asked for with a button, because each entry is read for it. */
export function Trail() {
  const { t } = useLingui()
  const work = useWork()
  const [found, setFound] = useState<TrailCheck>()
  const check = () => {
    setFound(undefined)
    void work.run(async () => setFound(await checkTrail()))
  }
  const why = work.failure instanceof Error ? work.failure.message : ''
  return (
    <section aria-labelledby="trail">
      <h2 id="trail">
        <Trans>The trail</Trans>
      </h2>
      <p>
        <Trans>
          Who looked and who wrote is kept in a chain. Checking it reads every entry, which may take
          minutes.
        </Trans>
      </p>
      <Button variant="outline" pending={work.pending} onClick={check}>
        {work.pending ? <Trans>Checking the trail</Trans> : <Trans>Check the trail</Trans>}
      </Button>
      {found ? <Found trail={found} /> : null}
      {work.failure ? (
        <Notice tone="warning" title={t`The trail could not be checked`}>
          {why}
        </Notice>
      ) : null}
    </section>
  )
}

function Found({ trail }: { trail: TrailCheck }) {
  const { t, i18n } = useLingui()
  const zone = useShownZone()
  const { entries, block, entry } = trail
  const upTo = trail.upTo
    ? i18n.date(new Date(trail.upTo), { dateStyle: 'long', timeStyle: 'short', ...zone })
    : ''
  return (
    <>
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
    </>
  )
}
