import { Trans, useLingui } from '@lingui/react/macro'
import type { RecordForm } from '#client/forms/use-record-form.ts'
import type { JustInCase, WhatIf } from '#domain/plan/plan.ts'
import { DateField } from '#ui/forms/date-field.tsx'
import { isUnfinished } from '#ui/forms/date-parts.ts'
import { Radios } from '#ui/forms/radios.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'

/** Medicines and equipment that are kept ready: add, change, remove. */
export function JustInCaseFields({ editing }: { editing: RecordForm<WhatIf> }) {
  const items = editing.mine.justInCase ?? []
  const put = (justInCase: readonly JustInCase[]) => editing.change({ justInCase })
  const fresh = (): JustInCase => ({
    ...{ id: crypto.randomUUID(), sort: 'medicine', what: '', where: '', whoMay: '' },
  })
  return (
    <fieldset className="gable-level">
      <legend>
        <Trans>Kept ready, just in case</Trans>
      </legend>
      {items.map((item) => (
        <Item
          key={item.id}
          item={item}
          onChange={(part) =>
            put(items.map((each) => (each.id === item.id ? { ...each, ...part } : each)))
          }
          onRemove={() => put(items.filter((each) => each.id !== item.id))}
        />
      ))}
      <Button variant="link" onClick={() => put([...items, fresh()])}>
        <Trans>Add a medicine or equipment</Trans>
      </Button>
    </fieldset>
  )
}

function Item(props: {
  item: JustInCase
  onChange: (part: Partial<JustInCase>) => void
  onRemove: () => void
}) {
  const { t } = useLingui()
  const { item, onChange, onRemove } = props
  const { until = '' } = item
  return (
    <div className="gable-level__line">
      <Radios
        legend={t`Medicine or equipment?`}
        name={`sort-${item.id}`}
        inline
        value={item.sort}
        onChange={(sort) => onChange({ sort: sort === 'equipment' ? sort : 'medicine' })}
        options={[
          { value: 'medicine', label: t`Medicine` },
          { value: 'equipment', label: t`Equipment` },
        ]}
      />
      <TextField label={t`What`} value={item.what} onChange={(what) => onChange({ what })} />
      <TextField
        label={t`Where it is kept`}
        value={item.where}
        onChange={(where) => onChange({ where })}
      />
      <TextField
        label={t`Who may give or use it`}
        value={item.whoMay}
        onChange={(whoMay) => onChange({ whoMay })}
      />
      <DateField
        label={t`Last day it may be used`}
        value={until}
        error={isUnfinished(until) ? t`Enter a whole date` : undefined}
        onChange={(day) => onChange({ until: day })}
      />
      <Button variant="link" onClick={onRemove}>
        <Trans>Remove {item.what || t`this line`}</Trans>
      </Button>
    </div>
  )
}
