import { useLingui } from '@lingui/react/macro'
import {
  type DueRule,
  longestDueRule,
  type RepeatWeeks,
  repeatWeeks,
} from '#domain/task/due-rule.ts'
import { DateField } from '#ui/forms/date-field.tsx'
import { isUnfinished } from '#ui/forms/date-parts.ts'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextField } from '#ui/forms/text-field.tsx'

export type DueKind = 'day' | DueRule['kind']

type Due = Readonly<{
  dueOn: string
  due?: DueKind
  days?: string
  repeats?: RepeatWeeks | undefined
}>

const kindOf = ({ due = 'day' }: Due) => due
const daysIn = ({ days = '' }: Due) => (/^\d{1,2}$/.test(days.trim()) ? Number(days) : undefined)

export const isDueWrong = (due: Due): boolean => {
  if (kindOf(due) === 'day') return isUnfinished(due.dueOn)
  const days = daysIn(due)
  return days === undefined || days > longestDueRule
}

/** What is saved: a day, or the rule from which the service works it out. */
export function dueIn(due: Due): Readonly<{ dueOn?: string; dueRule?: DueRule }> {
  const kind = kindOf(due)
  if (kind === 'day') return due.dueOn ? { dueOn: due.dueOn } : {}
  return { dueRule: { kind, days: daysIn(due) ?? 0 } }
}

/** By when: a day, or a rule; and whether it comes again. */
export function TaskDueFields(props: {
  fields: Due
  onChange: (due: Partial<Due>) => void
  tried: boolean
}) {
  const { t } = useLingui()
  const { fields, onChange, tried } = props
  const kind = kindOf(fields)
  return (
    <>
      <SelectField
        label={t`By when (optional)`}
        value={kind}
        onChange={(due) => onChange({ due: due as DueKind })}
        options={[
          { value: 'day', label: t`On or before a day` },
          { value: 'working-days', label: t`Within some working days` },
          { value: 'before-review', label: t`Some days before the next review` },
        ]}
      />
      {kind === 'day' ? (
        <DateField
          label={t`Which day`}
          value={fields.dueOn}
          onChange={(dueOn) => onChange({ dueOn })}
        />
      ) : (
        <TextField
          label={kind === 'working-days' ? t`How many working days` : t`How many days before`}
          hint={
            kind === 'before-review'
              ? t`If the review is moved, the day moves with it. As long as no review is planned, no day is set.`
              : t`Weekends and bank holidays of England and Wales do not count.`
          }
          width={5}
          value={fields.days ?? ''}
          onChange={(days) => onChange({ days })}
          error={
            tried && isDueWrong(fields) ? t`Enter a number from 0 to ${longestDueRule}` : undefined
          }
        />
      )}
      <SelectField
        label={t`Does it come again?`}
        value={String(fields.repeats ?? '')}
        onChange={(weeks) =>
          onChange({ repeats: repeatWeeks.find((each) => String(each) === weeks) })
        }
        options={[
          { value: '', label: t`No` },
          { value: '1', label: t`Every week` },
          { value: '2', label: t`Every 2 weeks` },
          { value: '4', label: t`Every 4 weeks` },
          { value: '13', label: t`Every 3 months (13 weeks)` },
        ]}
      />
    </>
  )
}
