import { useLingui } from '@lingui/react/macro'
import { targetUnits } from '#domain/goal/aims/goal-target.ts'
import type { Goal } from '#domain/goal/goal.ts'
import type { Who } from '#domain/plan/plan.ts'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { useUnitLabels } from './goal-target-text.tsx'

type FieldsProps = Readonly<{
  mine: Goal
  change: (fields: Partial<Goal>) => void
  /** those who can be named as helpers */
  known: readonly Who[]
  /** the form was sent: faults are shown */
  tried: boolean
}>

/** True if the number of a target is empty or a number. */
export const isTargetNumber = ({ targetValue = '' }: Goal): boolean =>
  targetValue.trim() === '' || /^\d{1,7}(\.\d{1,3})?$/.test(targetValue.trim())

/** How we will know, and who helps: in the form of a goal. */
export function GoalTargetFields({ mine, change, known, tried }: FieldsProps) {
  const { t } = useLingui()
  const units = useUnitLabels()
  const helpers = mine.helpers ?? []
  const names = [...known, ...helpers.filter((each) => !known.some(isSameAs(each)))]
  return (
    <>
      <TextField
        label={t`What will we look at, to see how far it is?`}
        hint={t`For example: how far the person walks without a rest.`}
        value={mine.measure ?? ''}
        onChange={(measure) => change({ measure })}
      />
      <TextField
        label={t`How far should it come?`}
        value={mine.target ?? ''}
        onChange={(target) => change({ target })}
      />
      <div className="goal-number">
        <TextField
          label={t`As a number, if it can be measured`}
          inputMode="decimal"
          width={5}
          value={mine.targetValue ?? ''}
          onChange={(targetValue) => change({ targetValue })}
          error={tried && !isTargetNumber(mine) ? t`Enter a number, such as 12 or 2.5` : undefined}
        />
        <SelectField
          label={t`Unit`}
          value={mine.targetUnit ?? ''}
          onChange={(targetUnit) => change({ targetUnit })}
          options={[
            { value: '', label: t`No unit` },
            ...Object.keys(targetUnits).map((unit) => ({
              value: unit,
              label: units[unit as keyof typeof targetUnits],
            })),
          ]}
        />
      </div>
      <DateField
        label={t`By when should it be there?`}
        value={mine.targetOn ?? ''}
        onChange={(targetOn) => change({ targetOn })}
      />
      {names.length > 0 ? (
        <Checkboxes
          legend={t`Who helps?`}
          name={`helpers-${mine.id}`}
          values={helpers.map(({ reference }) => reference)}
          onChange={(chosen) =>
            change({ helpers: names.filter(({ reference }) => chosen.includes(reference)) })
          }
          options={names.map(({ reference, name }) => ({ value: reference, label: name }))}
        />
      ) : null}
    </>
  )
}

const isSameAs = (one: Who) => (other: Who) => one.reference === other.reference
