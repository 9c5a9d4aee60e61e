import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { packageOnDayQuery, tellMissedVisit } from '#client/queries/social-care/care-packages.ts'
import { isWholeDay } from '#domain/calendar/days.ts'
import { type CarePackage, visitsAgreedOn } from '#domain/social-care/care-package.ts'
import { CarerFailure } from '#features/parts/carers/carer-failure.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'

type Props = Readonly<{
  one: CarePackage
  /** to begin with; absent: today */
  day?: string
}>

/** That nobody came to a visit: which one of those agreed for that day, and what it was like. */
export function MissedVisitForm({ one, day = clockToday() }: Props) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  const [typed, setTyped, clear] = useDraft(`missed:${one.id}`, {
    ...{ id: '', on: day, visit: '', words: '' },
  })
  const [tried, setTried] = useState(false)
  const { pending, failure, run } = useAsyncAction()
  const change = (fields: Partial<typeof typed>) =>
    setTyped({ ...typed, id: typed.id || crypto.randomUUID(), ...fields })
  const { data: agreed = [one], isPending } = useQuery({
    ...packageOnDayQuery(one, typed.on),
    enabled: open && isWholeDay(typed.on),
  })
  const visits = visitsAgreedOn(agreed, typed.on)
  const chosen = visits.length === 1 ? visits[0]?.id : typed.visit
  const visit = visits.find((each) => each.id === chosen)?.id
  if (!open)
    return (
      <Button variant="outline" onClick={() => setOpen(true)}>
        <Trans>Nobody came to a visit</Trans>
      </Button>
    )
  const save = async () => {
    setTried(true)
    if (!visit) return
    const { id, on, words } = typed
    const told = { package: one.id, id: id || crypto.randomUUID(), visit, on, words, settles: '' }
    if (!(await run(() => tellMissedVisit(one.person, told)))) return
    clear()
    setOpen(false)
  }
  return (
    <CheckedForm className="carer-form" onSubmit={save}>
      <DateField
        label={t`On which day?`}
        value={typed.on}
        onChange={(on) => change({ on, visit: '' })}
        error={
          tried && !isPending && visits.length === 0 ? t`No visit was to be on that day` : undefined
        }
      />
      {visits.length > 1 ? (
        <Radios
          legend={t`Which visit?`}
          name={`missed-${one.id}`}
          value={typed.visit}
          onChange={(next) => change({ visit: next })}
          error={tried && !visit ? t`Choose the visit` : undefined}
          options={visits.map(({ id, at, tasks }) => ({ value: id, label: `${at} ${tasks}` }))}
        />
      ) : null}
      <TextArea
        label={t`What was it like? (if you want to say)`}
        rows={2}
        maxLength={2000}
        value={typed.words}
        onChange={(words) => change({ words })}
      />
      <CarerFailure failure={failure} />
      <div className="carer-form__bar">
        <Button type="submit" pending={pending}>
          <Trans>Tell that nobody came</Trans>
        </Button>
        <Button variant="link" onClick={() => setOpen(false)}>
          <Trans>Close</Trans>
        </Button>
      </div>
    </CheckedForm>
  )
}
