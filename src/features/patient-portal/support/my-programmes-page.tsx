import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type ReactNode, Suspense, useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { addProgrammeStep, personProgrammesQuery } from '#client/queries/programmes/programmes.ts'
import { useSession } from '#client/session/session.ts'
import {
  type EntryState,
  entryState,
  isOpenEntry,
  type ProgrammeEntry,
} from '#domain/programme/programme-entry.ts'
import { BackToHouse } from '#features/parts/back-to-house.tsx'
import { NotSaved } from '#features/patient-portal/not-saved.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Dialog } from '#ui/layout/dialog.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DateText } from '#ui/text/date-text.tsx'

/** The person’s own page: which programmes they are in, in plain words, and how to stop. */
export function MyProgrammesPage() {
  const { t } = useLingui()
  const person = useSession(({ actor }) => actor?.person)
  if (!person)
    return (
      <EmptyState title={t`This is not shared with you`}>
        <Trans>Only the person whose plan it is can see this.</Trans>
      </EmptyState>
    )
  return (
    <div className="my-page">
      <PageHeading
        title={t`Programmes I am in`}
        lead={t`A programme is help that is planned for some time. You can stop on any day. Your care stays the same.`}
      />
      <Suspense fallback={<Skeleton lines={6} />}>
        <MyProgrammes person={person} />
      </Suspense>
      <BackToHouse isOwn />
    </div>
  )
}

function MyProgrammes({ person }: { person: string }) {
  const { data } = useSuspenseQuery(personProgrammesQuery(person))
  if (data.entries.length === 0)
    return (
      <p>
        <Trans>You are in no programme now.</Trans>
      </p>
    )
  return data.entries.map(({ entry, programme }) => (
    <section key={entry.id} className="my-card" aria-labelledby={`programme-${entry.id}`}>
      <h2 id={`programme-${entry.id}`}>{entry.title}</h2>
      {programme ? <p>{programme.purpose}</p> : null}
      <p>
        <strong>
          <WhereItStands entry={entry} />
        </strong>
      </p>
      {isOpenEntry(entry) ? <Stop entry={entry} /> : null}
    </section>
  ))
}

function WhereItStands({ entry }: { entry: ProgrammeEntry }) {
  const day = <DateText date={entry.steps.at(-1)?.day ?? ''} />
  const words: Readonly<Record<EntryState, ReactNode>> = {
    invited: <Trans>Your team would like to talk with you about this.</Trans>,
    entered: <Trans>You are in this programme.</Trans>,
    paused: <Trans>You have a break from this programme.</Trans>,
    ended: <Trans>This ended on {day}.</Trans>,
    declined: <Trans>You said no to this on {day}.</Trans>,
  }
  return words[entryState(entry)]
}

/** Stop is stop: nobody has to agree, and no reason is asked for. */
function Stop({ entry }: { entry: ProgrammeEntry }) {
  const { t } = useLingui()
  const [isAsked, setAsked] = useState(false)
  const saving = useSaveState()
  const { id, person, programme, steps, title } = entry
  const stop = async () => {
    const step = { kind: 'ended', reason: 'asked-to-stop', day: clockToday() } as const
    const about = { programme, entry: id, seen: steps.length, words: '', against: '' }
    if (!(await saving.run(() => addProgrammeStep(person, { ...step, ...about })))) return
    setAsked(false)
    toast(t`Saved. You stopped this.`)
  }
  return (
    <>
      <Button
        variant="outline"
        aria-label={t`I want to stop: ${title}`}
        onClick={() => setAsked(true)}
      >
        <Trans>I want to stop</Trans>
      </Button>
      <Dialog
        title={<Trans>Stop “{title}”?</Trans>}
        open={isAsked}
        onClose={() => setAsked(false)}
        actions={
          <>
            <Button pending={saving.pending} onClick={() => void stop()}>
              <Trans>Yes, stop</Trans>
            </Button>
            <Button variant="link" onClick={() => setAsked(false)}>
              <Trans>Not now</Trans>
            </Button>
          </>
        }
      >
        <p>
          <Trans>Your team will see that you stopped. You can start again if you ask them.</Trans>
        </p>
        <NotSaved problem={saving.problem} />
      </Dialog>
    </>
  )
}
