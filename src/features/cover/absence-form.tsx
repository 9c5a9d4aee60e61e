import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { keepAbsence } from '#client/queries/cover/absences.ts'
import { useSession } from '#client/session/session.ts'
import { addDays, isWholeDay } from '#domain/calendar/days.ts'
import { longestAbsence } from '#domain/cover/absence-fault.ts'
import type { AbsenceLine, Absences } from '#domain/cover/absences-answer.ts'
import { idIn } from '#domain/fhir/references-and-extensions.ts'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { RefusedWords } from './refused-words.tsx'

type Typed = Readonly<{ id: string; who: string; cover: string; from: string; until: string }>

const typedOf = (absence: AbsenceLine | undefined, me: string): Typed =>
  absence
    ? {
        ...{ id: absence.id, from: absence.from, until: absence.until },
        ...{ who: absence.who.reference, cover: absence.cover.reference },
      }
    : {
        ...{ id: crypto.randomUUID(), who: me, cover: '', from: clockToday() },
        until: addDays(clockToday(), 13),
      }

const faultsIn = ({ who, cover, from, until }: Typed) => ({
  ...{ who: who === '', cover: cover === '' },
  ...{ from: !isWholeDay(from), until: !isWholeDay(until) },
  order: isWholeDay(from) && isWholeDay(until) && until < from,
})

type FormProps = Readonly<{ data: Absences; absence?: AbsenceLine; onClose: () => void }>

/** On which days somebody is away, and who covers. Nobody is asked why. */
export function AbsenceForm({ data, absence, onClose }: FormProps) {
  const actor = useSession((session) => session.actor)
  const isManager = actor?.role === 'manager'
  const [fresh] = useState(() =>
    typedOf(absence, isManager ? '' : `Practitioner/${actor?.practitioner}`),
  )
  const [typed, setTyped, clear] = useDraft<Typed>(`absence-${absence?.id ?? 'new'}`, fresh)
  const [tried, setTried] = useState(false)
  const saving = useAsyncAction()
  const close = () => {
    clear()
    onClose()
  }
  const save = async () => {
    setTried(true)
    if (Object.values(faultsIn(typed)).some(Boolean)) return
    const { id, from, until } = typed
    const [who, cover] = [idIn(typed.who), idIn(typed.cover)]
    if (!(await saving.run(() => keepAbsence({ id, who, cover, from, until })))) return
    toast(<Trans>Saved</Trans>)
    close()
  }
  return (
    <Card title={absence ? <Trans>Change the absence</Trans> : <Trans>Write down days away</Trans>}>
      <CheckedForm onSubmit={save}>
        <Fields
          {...{ data, typed, tried }}
          asksWho={isManager && !absence}
          change={(fields) => setTyped({ ...typed, ...fields })}
        />
        <p className="gable-meta">
          <Trans>
            People and their carers read that you are away, until when, and who to ask. Nobody asks
            why.
          </Trans>
        </p>
        <RefusedWords failure={saving.failure} />
        <Button type="submit" pending={saving.pending}>
          <Trans>Save</Trans>
        </Button>{' '}
        <Button variant="link" onClick={close}>
          <Trans>Cancel</Trans>
        </Button>
      </CheckedForm>
    </Card>
  )
}

type FieldsProps = Readonly<{
  data: Absences
  typed: Typed
  tried: boolean
  asksWho: boolean
  change: (fields: Partial<Typed>) => void
}>

const choicesOf = ({ colleagues }: Absences, nobody: string, except: string) => [
  { value: '', label: nobody },
  ...colleagues
    .filter(({ who }) => who.reference !== except)
    .map(({ who, role }) => ({
      ...{ value: who.reference, label: [who.name, role].filter(Boolean).join(', ') },
    })),
]

function Fields({ data, typed, tried, asksWho, change }: FieldsProps) {
  const { t } = useLingui()
  const faults = faultsIn(typed)
  const said = (isFault: boolean, words: string) => (tried && isFault ? words : undefined)
  return (
    <>
      {asksWho ? (
        <SelectField
          label={t`Who is away`}
          value={typed.who}
          options={choicesOf(data, t`Choose somebody`, '')}
          onChange={(who) => change({ who })}
          error={said(faults.who, t`Choose who is away`)}
        />
      ) : null}
      <DateField
        label={t`First day away`}
        value={typed.from}
        onChange={(from) => change({ from })}
        error={said(faults.from, t`Enter the first day away`)}
      />
      <DateField
        label={t`Last day away`}
        hint={t`Up to ${longestAbsence} days. For longer, hand the people over.`}
        value={typed.until}
        onChange={(until) => change({ until })}
        error={said(
          faults.until || faults.order,
          t`Enter the last day away: the first day, or later`,
        )}
      />
      <SelectField
        label={t`Who covers`}
        hint={t`They are there on all of these days. People can be given to somebody else one by one afterwards.`}
        value={typed.cover}
        options={choicesOf(data, t`Choose a colleague`, typed.who)}
        onChange={(cover) => change({ cover })}
        error={said(faults.cover, t`Choose who covers`)}
      />
    </>
  )
}
