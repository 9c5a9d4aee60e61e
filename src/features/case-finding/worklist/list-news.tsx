import { Plural, Trans } from '@lingui/react/macro'
import { useSaveState } from '#client/forms/use-record-form.ts'
import type { FoundPeople } from '#client/queries/monitoring/find-people.ts'
import { markListSeen } from '#client/queries/monitoring/saved-lists.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'

type Props = Readonly<{
  /** a saved list, or `standard/` and the order of the list without filters */
  list: string
  news: FoundPeople['news'] | undefined
}>

/** What changed since the reader marked the list as seen, and the way to mark it. */
export function ListNews({ list, news }: Props) {
  const saving = useSaveState()
  const stamp = news?.stamp
  if (!news) return null
  return (
    <>
      <p className="find__meta">
        <News news={news} />{' '}
        {stamp ? (
          <Button
            variant="link"
            pending={saving.pending}
            onClick={() => void saving.run(() => markListSeen(list, stamp))}
          >
            <Trans>Mark as seen</Trans>
          </Button>
        ) : null}
      </p>
      <SaveNote saving={saving} />
    </>
  )
}

function News({ news }: { news: NonNullable<Props['news']> }) {
  const { since, tooMany, come = 0, gone = 0, up = 0 } = news
  if (!since && tooMany) return <Trans>Too many people to say what changes.</Trans>
  if (!since) return <Trans>Mark it as seen, and next time it says what changed.</Trans>
  const day = <DateText date={since} />
  if (tooMany) return <Trans>Too many people to say what changed since {day}.</Trans>
  if (come + gone + up === 0) return <Trans>Nothing has changed since {day}.</Trans>
  return (
    <>
      <strong>
        <Plural value={come} one="# new" other="# new" />,{' '}
        <Plural value={gone} one="# no longer here" other="# no longer here" />
        {up > 0 ? (
          <>
            , <Plural value={up} one="# moved up" other="# moved up" />
          </>
        ) : null}
      </strong>{' '}
      <Trans>since {day}.</Trans>
    </>
  )
}
