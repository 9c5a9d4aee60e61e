import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Link } from 'react-router'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { dismissAccessNews, restoreAccessNews } from '#client/queries/monitoring/access-news.ts'
import type { TodayItem } from '#domain/today/today.ts'
import type { TodayPerson } from '#domain/today/today-parameters.ts'
import { RelativeTime } from '#features/parts/relative-time.tsx'
import { SaveNote } from '#features/parts/save-note.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PersonName } from '#ui/text/person-name.tsx'

/** How access to one person has changed: what, by whom and when, until the coordinator has seen it. */
export function AccessRow({
  items,
  person,
}: Readonly<{ items: readonly TodayItem[]; person: Omit<TodayPerson, 'band'> | undefined }>) {
  const { t } = useLingui()
  const [id, setId] = useState(() => crypto.randomUUID())
  const saving = useSaveState()
  const whose = items[0]?.person ?? ''
  const name = [person?.given, person?.family].filter(Boolean).join(' ')
  const see = async () => {
    const news = items.map(({ reference }) => reference.slice('Provenance/'.length))
    if (!(await saving.run(() => dismissAccessNews({ id, person: whose, news })))) return
    setId(crypto.randomUUID())
    toast(<Trans>Marked as seen: {name}</Trans>, () => restoreAccessNews(id))
  }
  return (
    <li className="today-row">
      <div className="today-row__who">
        <h3>
          <Link to={`/people/${whose}/sharing`}>
            <PersonName family={person?.family} given={person?.given} />
          </Link>
        </h3>
        <ul className="today-news">
          {items.map((item) => (
            <li key={item.reference}>
              <p>{item.text}</p>
              <p className="gable-meta">
                <Trans>
                  Changed by {item.owner?.name}, <RelativeTime at={item.due} />
                </Trans>
              </p>
            </li>
          ))}
        </ul>
        <SaveNote saving={saving} />
      </div>
      <div className="today-row__when">
        <Link to={`/people/${whose}/sharing`}>
          <Trans>See who has access now</Trans>
        </Link>
      </div>
      <Button
        variant="outline"
        pending={saving.pending}
        onClick={() => void see()}
        aria-label={t`Seen: ${name}`}
      >
        <Trans>Seen</Trans>
      </Button>
    </li>
  )
}
