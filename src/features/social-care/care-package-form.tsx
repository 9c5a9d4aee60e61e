import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { keepCarePackage } from '#client/queries/social-care/care-packages.ts'
import { weekdays } from '#domain/contact/service-hours.ts'
import {
  type CarePackage,
  type CarePackageFault,
  carePackageFaults,
} from '#domain/social-care/care-package.ts'
import { CarerFailure } from '#features/parts/carers/carer-failure.tsx'
import { useWeekdayWords } from '#features/parts/social-care/use-weekday-words.ts'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { emptyVisit, packageTyped, type TypedVisit, typedPackageFrom } from './typed-package.ts'

type Props = Readonly<{ person: string; one?: CarePackage | undefined; onDone: () => void }>

/** Who provides care and when they come; a change needs its reason. */
export function CarePackageForm({ person, one, onDone }: Props) {
  const { t } = useLingui()
  const first = typedPackageFrom(one)
  const [typed, setTyped, clear] = useDraft(`care-package:${person}:${one?.id ?? 'new'}`, first)
  const [faults, setFaults] = useState<readonly CarePackageFault[]>([])
  const { pending, failure, run } = useAsyncAction()
  const change = (fields: Partial<typeof typed>) =>
    setTyped({ ...typed, package: typed.package || crypto.randomUUID(), ...fields })
  const error = (fault: CarePackageFault, words: string) =>
    faults.includes(fault) ? words : undefined
  const save = async () => {
    const asked = packageTyped({ ...typed, package: typed.package || crypto.randomUUID() })
    const found = carePackageFaults(asked)
    setFaults(found)
    if (found.length > 0 || !(await run(() => keepCarePackage(person, asked)))) return
    clear()
    onDone()
  }
  const isStale = failure instanceof FhirError && failure.status === 409
  return (
    <CheckedForm className="carer-form" onSubmit={save}>
      <TextField
        label={t`Who provides the care?`}
        maxLength={200}
        value={typed.provider}
        onChange={(provider) => change({ provider })}
        error={error('provider', t`Say who provides the care`)}
      />
      <DateField
        label={t`First day`}
        value={typed.startsOn}
        onChange={(startsOn) => change({ startsOn })}
        error={error('starts-on', t`Say on which day it starts`)}
      />
      <DateField
        label={t`Last day (if it is known)`}
        value={typed.endsOn}
        onChange={(endsOn) => change({ endsOn })}
        error={error('ends-on', t`It ends on its first day, or later`)}
      />
      <VisitFields
        visits={typed.visits}
        onChange={(visits) => change({ visits })}
        error={error('visits', t`Choose the days, and write the time as 09:15 and the minutes`)}
      />
      <TextField
        label={t`Price, in pounds (if it is known)`}
        width={10}
        inputMode="decimal"
        value={typed.amount}
        onChange={(amount) => change({ amount })}
        error={error('cost', t`Write an amount, for example 24.50, or leave it empty`)}
      />
      <Radios
        legend={t`The price is for`}
        name="price-per"
        inline
        value={typed.per}
        onChange={(per) => change({ per: per === 'week' ? 'week' : 'hour' })}
        options={[
          { value: 'hour', label: t`an hour of one worker` },
          { value: 'week', label: t`the whole week` },
        ]}
      />
      {one ? (
        <TextArea
          label={t`Why does the care change?`}
          hint={t`The person reads it.`}
          rows={2}
          maxLength={2000}
          value={typed.reason}
          onChange={(reason) => change({ reason })}
          error={error('reason', t`Say why the care changes`)}
        />
      ) : null}
      <CarerFailure failure={failure} />
      {isStale && one && one.version !== typed.version ? (
        <Button variant="outline" onClick={() => change({ version: one.version })}>
          <Trans>I have read the other version: keep mine</Trans>
        </Button>
      ) : null}
      <div className="carer-form__bar">
        <Button type="submit" pending={pending}>
          <Trans>Save this care</Trans>
        </Button>
        <Button variant="link" onClick={onDone}>
          <Trans>Close</Trans>
        </Button>
      </div>
    </CheckedForm>
  )
}

type VisitsProps = Readonly<{
  visits: readonly TypedVisit[]
  onChange: (visits: readonly TypedVisit[]) => void
  error: string | undefined
}>

function VisitFields({ visits, onChange, error }: VisitsProps) {
  return (
    <>
      {visits.map((visit) => (
        <VisitField
          key={visit.id}
          {...{ visit, error }}
          canRemove={visits.length > 1}
          onChange={(next) =>
            onChange(
              visits.flatMap((each) => (each.id === visit.id ? (next ? [next] : []) : [each])),
            )
          }
        />
      ))}
      <Button variant="outline" onClick={() => onChange([...visits, emptyVisit()])}>
        <Trans>Add another time</Trans>
      </Button>
    </>
  )
}

type VisitProps = Readonly<{
  visit: TypedVisit
  canRemove: boolean
  onChange: (visit: TypedVisit | undefined) => void
  error: string | undefined
}>

function VisitField({ visit, canRemove, onChange, error }: VisitProps) {
  const { t } = useLingui()
  const words = useWeekdayWords()
  const set = (fields: Partial<TypedVisit>) => onChange({ ...visit, ...fields })
  return (
    <fieldset className="nhsuk-fieldset support-outcome">
      <legend className="nhsuk-fieldset__legend nhsuk-fieldset__legend--m">
        <Trans>Visit</Trans> <bdi>{visit.at}</bdi>
      </legend>
      <Checkboxes
        legend={t`On which days?`}
        name={`days-${visit.id}`}
        values={visit.days}
        onChange={(days) => set({ days })}
        error={visit.days.length === 0 ? error : undefined}
        options={weekdays.map((value) => ({ value, label: words[value] }))}
      />
      <div className="support-pairs">
        <TextField
          label={t`At what time?`}
          width={5}
          value={visit.at}
          onChange={(at) => set({ at })}
          error={visit.days.length > 0 ? error : undefined}
        />
        <TextField
          label={t`Minutes`}
          width={4}
          inputMode="numeric"
          value={visit.minutes}
          onChange={(minutes) => set({ minutes })}
        />
        <TextField
          label={t`How many come?`}
          width={2}
          inputMode="numeric"
          value={visit.workers}
          onChange={(workers) => set({ workers })}
        />
      </div>
      <TextArea
        label={t`What is done`}
        rows={2}
        maxLength={2000}
        value={visit.tasks}
        onChange={(tasks) => set({ tasks })}
      />
      {canRemove ? (
        <Button variant="link" onClick={() => onChange(undefined)}>
          <Trans>Remove this time</Trans>
        </Button>
      ) : null}
    </fieldset>
  )
}
