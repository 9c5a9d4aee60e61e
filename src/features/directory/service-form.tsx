import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { colleaguesQuery } from '#client/queries/coordination/care-team.ts'
import { type ListedService, saveService } from '#client/queries/directory/directory.ts'
import { useSession } from '#client/session/session.ts'
import type { DirectoryService } from '#domain/directory/directory-service.ts'
import { mayAnswer } from '#domain/directory/may-answer.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { TwoWaysOut } from '#features/parts/saving/two-ways-out.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { TextField } from '#ui/forms/text-field.tsx'

type Typed = Omit<DirectoryService, 'areas' | 'waitingWeeks' | 'organisation' | 'checkedOn'> &
  Readonly<{ areas: string; weeks: string; organisation: string }>

const empty = (): Typed => ({
  ...{ id: crypto.randomUUID(), name: '', provider: '', organisation: '', what: '', areas: '' },
  ...{ weeks: '', eligibility: '', howToRefer: '', phone: '', isSocial: false, isEnded: false },
})

const typedFrom = ({ areas, waitingWeeks, organisation, ...service }: ListedService): Typed => ({
  ...service,
  ...{ areas: areas.join('; '), organisation: organisation ?? '' },
  weeks: waitingWeeks === undefined ? '' : String(waitingWeeks),
})

const isWeeks = (weeks: string) => weeks.trim() === '' || /^\d{1,3}$/.test(weeks.trim())

/** Whoever writes it down has checked it today. */
function serviceFrom({ areas, weeks, organisation, ...typed }: Typed): DirectoryService {
  return {
    ...typed,
    name: typed.name.trim(),
    areas: areas
      .split(';')
      .map((each) => each.trim())
      .filter(Boolean),
    ...(weeks.trim() ? { waitingWeeks: Number(weeks) } : {}),
    ...(organisation ? { organisation } : {}),
    checkedOn: clockToday(),
  }
}

/** A new entry, or a change of one. What is typed is kept on this device until it is saved. */
export function ServiceForm({
  service,
  onDone,
}: Readonly<{ service?: ListedService; onDone: () => void }>) {
  const { t } = useLingui()
  const [fresh] = useState(() => (service ? typedFrom(service) : empty()))
  const [typed, setTyped, clear] = useDraft<Typed>(`service-${service?.id ?? 'new'}`, fresh)
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const { data: colleagues } = useQuery(colleaguesQuery)
  const actor = useSession((session) => session.actor)
  const change = (fields: Partial<Typed>) => setTyped({ ...typed, ...fields })
  const nameMissing = typed.name.trim() === ''
  const wayMissing = typed.howToRefer.trim() === '' && typed.phone.trim() === ''
  const save = async () => {
    setTried(true)
    if (nameMissing || wayMissing || !isWeeks(typed.weeks)) return
    if (!(await saving.run(() => saveService(serviceFrom(typed), service?.version)))) return
    clear()
    onDone()
  }
  return (
    <CheckedForm
      aria-label={service ? t`Change: ${service.name}` : t`Add a service`}
      onSubmit={save}
    >
      <TextField
        label={t`Name of the service`}
        value={typed.name}
        onChange={(name) => change({ name })}
        error={tried && nameMissing ? t`Enter the name` : undefined}
        maxLength={200}
      />
      <TextField
        label={t`Who runs it`}
        value={typed.provider}
        onChange={(provider) => change({ provider })}
        maxLength={200}
      />
      <SelectField
        label={t`Who answers here`}
        hint={t`If they work with Gable, a referral opens the person’s record to them, and they answer it themselves.`}
        value={typed.organisation}
        onChange={(organisation) => change({ organisation })}
        options={[
          { value: '', label: t`They do not work with Gable` },
          ...(colleagues?.organisations ?? []).map(({ reference, name }) => ({
            ...{ value: reference.slice('Organization/'.length), label: name },
          })),
        ].filter(({ value }) => mayAnswer(value, service?.organisation ?? '', actor))}
      />
      <TextArea
        label={t`What they do`}
        rows={2}
        value={typed.what}
        onChange={(what) => change({ what })}
        maxLength={2000}
      />
      <TextField
        label={t`Areas`}
        hint={t`With a semicolon between them`}
        value={typed.areas}
        onChange={(areas) => change({ areas })}
      />
      <TextField
        label={t`Weeks to wait`}
        hint={t`Leave it empty if nobody knows`}
        width={3}
        value={typed.weeks}
        onChange={(weeks) => change({ weeks })}
        error={tried && !isWeeks(typed.weeks) ? t`Enter a number of weeks` : undefined}
      />
      <TextArea
        label={t`Whom it helps`}
        rows={2}
        value={typed.eligibility}
        onChange={(eligibility) => change({ eligibility })}
        maxLength={2000}
      />
      <TextArea
        label={t`How to ask`}
        rows={2}
        value={typed.howToRefer}
        onChange={(howToRefer) => change({ howToRefer })}
        error={tried && wayMissing ? t`Say how to ask, or give a telephone number` : undefined}
        maxLength={2000}
      />
      <TextField
        label={t`Telephone`}
        type="tel"
        width={20}
        value={typed.phone}
        onChange={(phone) => change({ phone })}
        maxLength={200}
      />
      <Ticks typed={typed} change={change} isNew={!service} />
      <SaveNote saving={saving} />
      <TwoWaysOut
        pending={saving.pending}
        onCancel={() => {
          clear()
          onDone()
        }}
        save={<Trans>Save the service</Trans>}
        cancel={<Trans>Discard</Trans>}
      />
    </CheckedForm>
  )
}

function Ticks(props: { typed: Typed; change: (fields: Partial<Typed>) => void; isNew: boolean }) {
  const { typed, change, isNew } = props
  return (
    <>
      <label className="services__tick">
        <input
          type="checkbox"
          checked={typed.isSocial}
          onChange={(event) => change({ isSocial: event.target.checked })}
        />{' '}
        <Trans>A group, company or advice (social prescribing)</Trans>
      </label>
      {isNew ? null : (
        <label className="services__tick">
          <input
            type="checkbox"
            checked={typed.isEnded}
            onChange={(event) => change({ isEnded: event.target.checked })}
          />{' '}
          <Trans>It does not exist any more</Trans>
        </label>
      )}
    </>
  )
}
