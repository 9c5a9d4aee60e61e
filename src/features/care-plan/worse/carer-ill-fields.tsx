import { Trans, useLingui } from '@lingui/react/macro'
import type { RecordForm } from '#client/forms/use-record-form.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { type CarerIllStep, carerTasks, type WhatIf } from '#domain/plan/plan.ts'
import { carerTaskLabels } from '#features/parts/worse/carer-ill-list.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'

type Props = Readonly<{ editing: RecordForm<WhatIf>; house: HouseRecord }>

/** What the carer does each day, and who does it when the carer is ill. Nobody: it is named as missing. */
export function CarerIllFields({ editing, house }: Props) {
  const steps = editing.mine.carerIll ?? []
  const put = (carerIll: readonly CarerIllStep[]) => editing.change({ carerIll })
  const fresh = (): CarerIllStep => ({
    ...{ id: crypto.randomUUID(), task: 'medicines', what: '', phone: '' },
  })
  return (
    <fieldset className="gable-level">
      <legend>
        <Trans>If the carer is ill</Trans>
      </legend>
      {steps.map((step) => (
        <Step
          key={step.id}
          step={step}
          house={house}
          onChange={(next) => put(steps.map((each) => (each.id === step.id ? next : each)))}
          onRemove={() => put(steps.filter((each) => each.id !== step.id))}
        />
      ))}
      <Button variant="link" onClick={() => put([...steps, fresh()])}>
        <Trans>Add something that must be done</Trans>
      </Button>
    </fieldset>
  )
}

const other = 'other'

function Step(props: {
  step: CarerIllStep
  house: HouseRecord
  onChange: (step: CarerIllStep) => void
  onRemove: () => void
}) {
  const { t, i18n } = useLingui()
  const { step, house, onChange, onRemove } = props
  const { who, ...rest } = step
  const chosen = who ? who.reference || other : ''
  const choose = (value: string) => {
    const member = house.team.find((each) => each.who.reference === value)?.who
    if (value === '') onChange(rest)
    else onChange({ ...rest, who: member ?? { reference: '', name: '', voice: 'carer' } })
  }
  return (
    <div className="gable-level__line">
      <SelectField
        label={t`What kind of help`}
        value={step.task}
        onChange={(task) =>
          onChange({ ...step, task: carerTasks.find((each) => each === task) ?? 'other' })
        }
        options={carerTasks.map((task) => ({ value: task, label: i18n._(carerTaskLabels[task]) }))}
      />
      <TextField
        label={t`What must be done`}
        value={step.what}
        onChange={(what) => onChange({ ...step, what })}
      />
      <SelectField
        label={t`Who does it`}
        value={chosen}
        onChange={choose}
        options={[
          { value: '', label: t`Nobody yet` },
          ...house.team.map((each) => ({ value: each.who.reference, label: each.who.name })),
          { value: other, label: t`Somebody else` },
        ]}
      />
      {chosen === other ? (
        <TextField
          label={t`Their name`}
          value={who?.name ?? ''}
          onChange={(name) => onChange({ ...rest, who: { reference: '', name, voice: 'carer' } })}
        />
      ) : null}
      {who ? (
        <TextField
          label={t`Their phone number`}
          value={step.phone}
          onChange={(phone) => onChange({ ...step, phone })}
        />
      ) : null}
      <Button variant="link" onClick={onRemove}>
        <Trans>Remove {step.what || t`this line`}</Trans>
      </Button>
    </div>
  )
}
