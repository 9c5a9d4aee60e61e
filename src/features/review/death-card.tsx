import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { clockToday, dayHere } from '#client/clock.ts'
import { useKeptId } from '#client/forms/use-kept-id.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { withdrawDeath, writeDeath } from '#client/queries/patient/death.ts'
import { patientQuery } from '#client/queries/patient/patient.ts'
import { personProgrammesQuery } from '#client/queries/programmes/programmes.ts'
import { faultOfDeath } from '#domain/person/death.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { isOpenEntry } from '#domain/programme/programme-entry.ts'
import { ReasonButton } from '#features/parts/reason-button.tsx'
import { BirthAndNumber } from '#features/parts/record/birth-and-number.tsx'
import { SaveNote } from '#features/parts/save-note.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { isUnfinished } from '#ui/forms/date-parts.ts'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { Dialog } from '#ui/layout/dialog.tsx'
import { DateText } from '#ui/text/date-text.tsx'

/** For a user who hears of a death: from then on nothing is asked of the person, and nobody calls. */
export function DeathCard({ house: { person, givenName } }: { house: HouseRecord }) {
  const { t } = useLingui()
  const { data } = useSuspenseQuery(patientQuery(person))
  const [open, setOpen] = useState(false)
  const [day, setDay] = useState('')
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const fault = faultOfDeath(day, { birthDate: data.person.birthDate, today: clockToday() })
  const words = {
    ahead: t`This date is in the future`,
    'before-birth': t`This is before the date of birth`,
  }
  const write = async () => {
    setTried(true)
    if (fault || isUnfinished(day)) return
    const run = async () => {
      await writeDeath(person, { from: undefined, to: day || true })
      toast(<Trans>The death is recorded.</Trans>)
    }
    if (await saving.run(run)) setOpen(false)
  }
  return (
    <Card title={<Trans>Has {givenName} died?</Trans>}>
      <p>
        <Trans>Record it, so that nobody calls or asks for anything.</Trans>
      </p>
      <Button variant="outline" onClick={() => setOpen(true)}>
        <Trans>Record the death</Trans>
      </Button>
      <Dialog
        title={<Trans>Has {givenName} died?</Trans>}
        open={open}
        onClose={() => setOpen(false)}
        actions={
          <>
            <Button pending={saving.pending} onClick={() => void write()}>
              <Trans>Yes, record the death</Trans>
            </Button>
            <Button variant="link" onClick={() => setOpen(false)}>
              <Trans>Not now</Trans>
            </Button>
          </>
        }
      >
        <p>
          <Trans>Check that this is the right person:</Trans>{' '}
          <strong>
            {data.person.given} {data.person.family}
          </strong>
          , <BirthAndNumber {...data.person} />
        </p>
        <p>
          <Trans>
            Tasks, promises, appointments ahead, alerts about readings and messages that repeat end.
            The team gets tasks to look after those who are left. Nothing is deleted: if this is
            wrong, you can undo all of it on this page.
          </Trans>
        </p>
        <DateField
          label={t`Date of death`}
          hint={t`Leave this empty if you do not know it`}
          value={day}
          onChange={setDay}
          error={tried && fault ? words[fault] : undefined}
        />
        <SaveNote saving={saving} />
      </Dialog>
    </Card>
  )
}

/** The case of a person who has died has one thing left to do: to be closed. It names those who cared. */
export function HasDied({ house: { person, givenName, died } }: { house: HouseRecord }) {
  const { t } = useLingui()
  const [id] = useKeptId()
  const takeBack = async (words: string) => await withdrawDeath(person, { from: died, words, id })
  return (
    <Notice tone="info" title={<Trans>{givenName} has died</Trans>}>
      {typeof died === 'string' ? (
        <p>
          <Trans>
            On <DateText date={dayHere(died)} />
          </Trans>
        </p>
      ) : null}
      <p>
        <Trans>
          There are no more reviews. Please close the case, and think about the people who cared for{' '}
          {givenName}: they may need support now.
        </Trans>
      </p>
      <StillInProgrammes person={person} />
      <ReasonButton
        draft={`death-withdrawn-${person}`}
        verb={<Trans>This is wrong: remove the record of death</Trans>}
        variant="link"
        title={<Trans>Is {givenName} alive?</Trans>}
        label={t`How it came to be recorded`}
        run={takeBack}
        done={() => toast(<Trans>The record of death is removed.</Trans>)}
      >
        <p>
          <Trans>
            Until you remove it, everyone who sees this record reads that the person has died. What
            the record of death ended comes back as it was. Check what was due since.
          </Trans>
        </p>
      </ReasonButton>
    </Notice>
  )
}

/** Nobody leaves a programme by themselves: somebody ends it, and it counts nowhere until then. */
function StillInProgrammes({ person }: { person: string }) {
  const { data } = useQuery(personProgrammesQuery(person))
  const open = (data?.entries ?? []).filter(({ entry }) => isOpenEntry(entry))
  if (open.length === 0) return null
  const titles = open.map(({ entry }) => entry.title).join(', ')
  return (
    <p>
      <Trans>
        Still open in a programme: {titles}.{' '}
        <Link to={`/people/${person}/programmes`}>End it there</Link>
      </Trans>
    </p>
  )
}
