import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { clockZone, now } from '#client/clock.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { makeVisits } from '#client/queries/diary/diary.ts'
import { caseloadQuery } from '#client/queries/monitoring/caseload.ts'
import { contactSheetQuery } from '#client/queries/patient/contact-sheet.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import { wholeCaseload } from '#domain/case/caseload-list.ts'
import { type DiaryKind, diaryKinds } from '#domain/diary/diary-kind.ts'
import { visitTimes } from '#domain/diary/visit-times.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { TwoWaysOut } from '#features/parts/saving/two-ways-out.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { timeFaults } from './time-faults.ts'

type Draft = Readonly<{
  /** names these visits over retries */
  series: string
  person: string
  kind: DiaryKind
  day: string
  time: string
  minutes: string
  place: string
  count: string
  everyDays: string
}>

type Props = Readonly<{ day: string; onDone: () => void }>

/** A visit or a call, once or several times. What is typed is kept until it is saved. */
export function NewVisitForm({ day, onDone }: Props) {
  const { t, i18n } = useLingui()
  const { data } = useSuspenseQuery(caseloadQuery({ ...wholeCaseload, sort: 'name' }, 1_000))
  const people = data.rows
  const [series] = useState(() => crypto.randomUUID())
  const [draft, setDraft, clear] = useDraft<Draft>('new-visit', {
    ...{ series, person: '', kind: 'diary-visit', day, time: '', minutes: '30' },
    ...{ place: '', count: '1', everyDays: '7' },
  })
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const change = (fields: Partial<Draft>) => setDraft({ ...draft, ...fields })
  const { data: sheet } = useQuery({
    ...contactSheetQuery(draft.person),
    enabled: draft.person !== '',
  })
  const home = (sheet?.addresses[0] ?? []).join(', ')
  const asked = {
    ...{ day: draft.day, time: draft.time, minutes: Number(draft.minutes) },
    ...{ count: Number(draft.count), everyDays: Number(draft.everyDays) },
  }
  const found = visitTimes(asked, { zone: clockZone(), now: now() })
  const fault = tried && 'fault' in found ? i18n._(timeFaults[found.fault]) : undefined
  const who = people.find(({ person }) => person === draft.person)
  const save = async () => {
    setTried(true)
    if ('fault' in found || !who) return
    const visits = found.times.map((times, place) => ({
      ...{ id: `${draft.series}-${place + 1}`, person: who.person, kind: draft.kind, ...times },
      personName: `${who.given} ${who.family}`.trim(),
      ...{ by: whoAmI(who.person), state: 'booked' as const, reason: '' },
      place: draft.kind === 'diary-call' ? '' : draft.place.trim() || home,
    }))
    if (!(await saving.run(() => makeVisits(visits)))) return
    clear()
    toast(<Trans>Saved.</Trans>)
    onDone()
  }
  return (
    <CheckedForm className="gable-form" aria-labelledby="plan-visit" onSubmit={save}>
      <h2 id="plan-visit">
        <Trans>Plan a visit or a call</Trans>
      </h2>
      <SelectField
        label={t`Who`}
        value={draft.person}
        onChange={(person) => change({ person, place: '' })}
        error={tried && !who ? t`Select a person` : undefined}
        options={[
          { value: '', label: t`Select a person of your caseload` },
          ...people.map(({ person, given, family }) => ({
            value: person,
            label: `${family}, ${given}`,
          })),
        ]}
      />
      <Radios
        inline
        legend={t`What`}
        name="visit-kind"
        value={draft.kind}
        onChange={(value) =>
          change({ kind: diaryKinds.find((each) => each === value) ?? draft.kind })
        }
        options={[
          { value: 'diary-visit', label: t`Visit` },
          { value: 'diary-call', label: t`Telephone call` },
        ]}
      />
      <DateField label={t`Day`} value={draft.day} onChange={(value) => change({ day: value })} />
      <TextField
        label={t`Time`}
        type="time"
        width={10}
        value={draft.time}
        onChange={(time) => change({ time })}
        error={fault}
      />
      <TextField
        label={t`How long, in minutes`}
        width={5}
        value={draft.minutes}
        onChange={(minutes) => change({ minutes })}
      />
      {draft.kind === 'diary-visit' ? (
        <TextField
          label={t`Where`}
          hint={home ? t`Left empty: ${home}` : t`For example a street and a postcode`}
          value={draft.place}
          onChange={(place) => change({ place })}
        />
      ) : null}
      <TextField
        label={t`How many times`}
        width={5}
        value={draft.count}
        onChange={(count) => change({ count })}
      />
      {Number(draft.count) > 1 ? (
        <TextField
          label={t`Days between them`}
          width={5}
          value={draft.everyDays}
          onChange={(everyDays) => change({ everyDays })}
        />
      ) : null}
      <SaveNote saving={saving} />
      <TwoWaysOut
        pending={saving.pending}
        onCancel={onDone}
        save={<Trans>Save in the diary</Trans>}
      />
    </CheckedForm>
  )
}
