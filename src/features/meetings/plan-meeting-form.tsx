import type { I18n } from '@lingui/core'
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { clockToday, clockZone } from '#client/clock.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { colleaguesQuery } from '#client/queries/coordination/care-team.ts'
import { meetingAgendaQuery, planMeeting } from '#client/queries/meetings/meetings.ts'
import { useSession } from '#client/session/session.ts'
import { isWholeDay } from '#domain/calendar/days.ts'
import { momentAt } from '#domain/calendar/zone.ts'
import type { In } from '#domain/fhir/parameters.ts'
import type { meetingAgenda } from '#domain/meeting/meeting-parameters.ts'
import { UnverifiedMark } from '#features/parts/record/unverified-mark.tsx'
import { SaveNote } from '#features/parts/save-note.tsx'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { agendaLabels } from './labels.ts'

type Typed = Readonly<{
  id: string
  title: string
  day: string
  time: string
  minutes: string
  members: readonly string[]
  others: string
  people: readonly string[] | undefined
}>

const empty = (): Typed => ({
  ...{ id: crypto.randomUUID(), title: '', day: clockToday(), time: '14:00', minutes: '4' },
  ...{ members: [], others: '', people: undefined },
})

/** The names of those without an account here, a line each. */
const linesIn = (text: string) =>
  text
    .split('\n')
    .map((each) => each.trim())
    .filter(Boolean)

function faultsIn({ day, time, minutes }: Typed) {
  return {
    day: !isWholeDay(day),
    time: !/^\d\d:\d\d$/.test(time),
    minutes: !/^[1-9]\d?$/.test(minutes) || Number(minutes) > 60,
  }
}

const firstChosen = 8

/** A meeting, planned from the agenda that rules and people’s questions make. What is typed stays on this device. */
export function PlanMeetingForm({ onClose }: Readonly<{ onClose: () => void }>) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const identity = useSession(({ actor }) => actor?.identity ?? '')
  const { data: agenda } = useSuspenseQuery(meetingAgendaQuery(identity))
  const { data: colleagues } = useQuery(colleaguesQuery)
  const [fresh] = useState(empty)
  const [typed, setTyped, clear] = useDraft<Typed>('plan-meeting', fresh)
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const change = (fields: Partial<Typed>) => setTyped({ ...typed, ...fields })
  const people = typed.people ?? agenda.slice(0, firstChosen).map(({ id }) => id)
  const faults = faultsIn(typed)
  const save = async () => {
    setTried(true)
    if (Object.values(faults).some(Boolean) || people.length === 0) return
    const staff = colleagues?.staff ?? []
    const members = [
      ...typed.members.flatMap((reference) => {
        const who = staff.find((each) => each.who.reference === reference)?.who
        return who ? [{ who: { reference, name: who.name } }] : []
      }),
      ...linesIn(typed.others).map((name) => ({ who: { reference: '', name } })),
    ]
    const start = new Date(momentAt(Date.parse(`${typed.day}T${typed.time}:00Z`), clockZone()))
    const isSaved = await saving.run(() =>
      planMeeting({
        ...{ id: typed.id, title: typed.title.trim(), start: start.toISOString(), members },
        minutes: Number(typed.minutes),
        people: agenda
          .filter(({ id }) => people.includes(id))
          .map(({ id, reasons: [first] }) => ({ id, ...(first ? { why: first.kind } : {}) })),
      }),
    )
    if (!isSaved) return
    clear()
    await navigate(`/meetings/${typed.id}`)
  }
  return (
    <Card title={<Trans>Plan a meeting</Trans>}>
      <CheckedForm onSubmit={save}>
        <TextField
          label={t`What it is called`}
          hint={t`For example: Team meeting, Brook Surgery`}
          value={typed.title}
          onChange={(title) => change({ title })}
          maxLength={120}
        />
        <DateField
          label={t`Day`}
          value={typed.day}
          onChange={(day) => change({ day })}
          error={tried && faults.day ? t`Enter the day of the meeting` : undefined}
        />
        <TextField
          label={t`It begins at`}
          type="time"
          width={10}
          value={typed.time}
          onChange={(time) => change({ time })}
          error={tried && faults.time ? t`Enter a time, for example 14:00` : undefined}
        />
        <TextField
          label={t`Minutes for each person`}
          inputMode="numeric"
          width={3}
          value={typed.minutes}
          onChange={(minutes) => change({ minutes })}
          error={tried && faults.minutes ? t`Enter between 1 and 60 minutes` : undefined}
        />
        <AgendaChoice
          {...{ agenda, people }}
          onChange={(next) => change({ people: next })}
          isMissing={tried && people.length === 0}
        />
        <Checkboxes
          legend={t`Who is asked to come`}
          values={typed.members}
          onChange={(members) => change({ members })}
          options={(colleagues?.staff ?? []).map(({ who, role }) => ({
            ...{ value: who.reference, label: [who.name, role].filter(Boolean).join(', ') },
          }))}
        />
        <TextArea
          label={t`People of other organisations`}
          hint={t`One name a line. They get no access to anybody’s record by this.`}
          rows={2}
          value={typed.others}
          onChange={(others) => change({ others })}
        />
        <SaveNote saving={saving} />
        <Button type="submit" pending={saving.pending}>
          <Trans>Save the agenda</Trans>
        </Button>{' '}
        <Button
          variant="link"
          onClick={() => {
            clear()
            onClose()
          }}
        >
          <Trans>Cancel</Trans>
        </Button>
      </CheckedForm>
    </Card>
  )
}

type Agenda = In<typeof meetingAgenda>['people']
type Reason = Agenda[number]['reasons'][number]

/** Why, in one line: the rule or who asks, and the words. */
function reasonText(i18n: I18n, { kind, words, by }: Reason): string {
  const said = words ? `: “${words}”` : ''
  return `${i18n._(agendaLabels[kind])}${by ? ` (${by})` : ''}${said}`
}

type ChoiceProps = Readonly<{
  agenda: Agenda
  people: readonly string[]
  onChange: (people: string[]) => void
  isMissing: boolean
}>

/** Everybody for whom a rule or somebody asks, with all reasons; the strongest are chosen to begin with. */
function AgendaChoice({ agenda, people, onChange, isMissing }: ChoiceProps) {
  const { t, i18n } = useLingui()
  if (agenda.length === 0)
    return (
      <p className="gable-missing">
        <Trans>No rule and nobody asks for a person now. Ask for somebody from their plan.</Trans>
      </p>
    )
  return (
    <>
      <Checkboxes
        legend={t`Whom we talk about, in this order`}
        values={people}
        onChange={onChange}
        error={isMissing ? t`Choose at least one person` : undefined}
        options={agenda.map(({ id, family, given, reasons }) => ({
          value: id,
          label: [family.toLocaleUpperCase(), given].filter(Boolean).join(', '),
          hint: reasons.map((reason) => reasonText(i18n, reason)).join(' · '),
        }))}
      />
      <UnverifiedMark what="today-days" />
    </>
  )
}
