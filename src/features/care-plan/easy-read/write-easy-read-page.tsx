import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Link } from 'react-router'
import { clockToday } from '#client/clock.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { takeBackEasyRead } from '#client/queries/other-forms/easy-reads.ts'
import { useSession } from '#client/session/session.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import { isStaff } from '#domain/access/actor.ts'
import {
  type EasyEntry,
  type EasyPart,
  easyEntries,
  easyParts,
} from '#domain/plan/easy-read/easy-entries.ts'
import type { EasyRead } from '#domain/plan/easy-read/easy-read.ts'
import { WhenText } from '#features/care-plan/components/when-text.tsx'
import { useHouse } from '#features/care-plan/use-house.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { EasyPicture } from '#ui/pictures/easy-picture.tsx'
import { useDayText } from '#ui/text/use-day-text.ts'
import { EasyReadForm } from './easy-read-form.tsx'

/** Where a professional, best together with the person, makes the plan easy to read: one thing after the other. */
export function WriteEasyReadPage() {
  const { t } = useLingui()
  const sayDay = useDayText()
  const { house, root } = useHouse()
  const entries = easyEntries(house, { sayDay, today: clockToday() })
  return (
    <div className="gable-plan easy-write">
      <p>
        <Link to={root}>
          <Trans>Back to the house</Trans>
        </Link>
      </p>
      <PageHeading
        title={t`${house.givenName}’s plan, made easy to read`}
        lead={t`Write what the plan says in short lines, one idea each, and choose a picture. Best done together. When the plan changes, the line goes and the plan’s own words are shown until somebody writes a new one.`}
      />
      {entries.length === 0 ? <EmptyState title={t`Nothing is in the plan yet`} /> : null}
      {easyParts.map((part) => (
        <Part
          key={part}
          part={part}
          person={house.person}
          entries={entries.filter((each) => each.part === part)}
        />
      ))}
    </div>
  )
}

type PartProps = Readonly<{ part: EasyPart; person: string; entries: readonly EasyEntry[] }>

function Part({ part, person, entries }: PartProps) {
  const { t } = useLingui()
  const titles: Readonly<Record<EasyPart, string>> = {
    want: t`What the person wants`,
    me: t`About the person`,
    helps: t`Who helps`,
    worse: t`If things get worse`,
  }
  if (entries.length === 0) return null
  return (
    <section className="gable-section" aria-labelledby={`easy-${part}`}>
      <h2 id={`easy-${part}`}>{titles[part]}</h2>
      <ul className="gable-plain-list">
        {entries.map((entry) => (
          <li key={`${entry.source} ${entry.detail}`} className="easy-write__entry">
            <Entry entry={entry} person={person} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Entry({ entry, person }: Readonly<{ entry: EasyEntry; person: string }>) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  const mayWrite = useSession(({ actor }) => actor !== undefined && isStaff(actor))
  const [title = ''] = entry.words
  return (
    <>
      <h3>{title}</h3>
      {entry.words.slice(1).map((words) => (
        <p key={words} className="gable-meta">
          {words}
        </p>
      ))}
      <Standing entry={entry} />
      {open ? (
        <EasyReadForm entry={entry} person={person} onDone={() => setOpen(false)} />
      ) : mayWrite ? (
        <Button
          variant="link"
          onClick={() => setOpen(true)}
          aria-label={entry.made ? t`Write it again: ${title}` : t`Make it easy to read: ${title}`}
        >
          {entry.made ? <Trans>Write it again</Trans> : <Trans>Make it easy to read</Trans>}
        </Button>
      ) : null}
    </>
  )
}

/** Only whoever wrote them can take them back. */
function TakeBack({ made }: { made: EasyRead }) {
  const saving = useSaveState()
  if (whoAmI(made.person).reference !== made.by.reference) return null
  return (
    <>
      <SaveNote saving={saving} />
      <Button
        variant="link"
        pending={saving.pending}
        onClick={() => void saving.run(() => takeBackEasyRead(made))}
      >
        <Trans>Take these lines back</Trans>
      </Button>
    </>
  )
}

function Standing({ entry: { state, made, changedSince } }: { entry: EasyEntry }) {
  if (state === 'none')
    return (
      <StateMark state="missing">
        <Trans>Not made easy to read yet</Trans>
      </StateMark>
    )
  if (!made)
    return (
      <StateMark state="due">
        <Trans>The plan has changed since this was made. The old line is not shown any more.</Trans>{' '}
        {changedSince ? <WhenText at={changedSince} /> : null}
      </StateMark>
    )
  return (
    <>
      <ul className="easy-write__lines">
        {made.lines.map(({ words, picture }) => (
          <li key={words}>
            {picture ? <EasyPicture name={picture} size={48} /> : null}
            <span>{words}</span>
          </li>
        ))}
      </ul>
      <p className="gable-meta">
        <Trans>Made by {made.by.name}</Trans>, <WhenText at={made.at} />
        {made.withPerson ? (
          <>
            {' '}
            <Trans>together with the person</Trans>
          </>
        ) : null}
      </p>
      <TakeBack made={made} />
    </>
  )
}
