import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { answerTyped } from '#domain/assessment/answer-typed.ts'
import {
  type Answer,
  type FormQuantity,
  type FormUnit,
  isQuantity,
} from '#domain/assessment/form.ts'
import { addDigits, digitsAt } from '#domain/decimal/digits.ts'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import type { QuestionFieldProps } from './question-field-props.ts'

type Props = QuestionFieldProps & Readonly<{ label: string }>

/** A number and its unit: one unit stands in the label, several are chosen from. */
export function QuantityField({ question, given, error, fieldId, label, onAnswer }: Props) {
  const { t } = useLingui()
  const { units = [], help } = question
  const { quantity, shown } = shownOf(given)
  const [typed, setTyped] = useState(shown)
  const [only, ...more] = units
  const hasChoice = more.length > 0
  const preset = hasChoice ? '' : (only?.unit ?? '')
  const unit = quantity?.unit || preset
  const say = (text: string, chosen: string) => {
    const value = answerTyped(text)
    const isEmpty = value.length === 0 && chosen === preset
    onAnswer(isEmpty ? [] : [quantityOf(value, unitNamed(units, chosen))])
  }
  // text stays as it was typed while it means the given answer
  const text = answerTyped(typed)[0] === (quantity?.value || undefined) ? typed : shown
  return (
    <>
      <TextField
        {...{ id: fieldId, name: fieldId, width: 5, inputMode: 'decimal' }}
        label={preset ? `${label} (${preset})` : label}
        {...(help ? { hint: help } : {})}
        {...(error ? { error } : {})}
        value={text}
        onChange={(next) => {
          setTyped(next)
          say(next, unit)
        }}
      />
      {hasChoice && (
        <SelectField
          label={t`Unit`}
          name={`${fieldId}-unit`}
          value={unit}
          options={[
            { value: '', label: t`Choose a unit` },
            ...units.map((each) => ({ value: each.unit, label: each.unit })),
          ]}
          onChange={(chosen) => say(text, chosen)}
        />
      )}
    </>
  )
}

const unitNamed = (units: readonly FormUnit[], name: string) =>
  units.find((each) => each.unit === name)

function shownOf([first]: readonly Answer[]) {
  const quantity = first !== undefined && isQuantity(first) ? first : undefined
  return {
    quantity,
    shown: quantity ? (digitsAt(quantity, 'value') ?? String(quantity.value)) : '',
  }
}

function quantityOf(
  value: ReturnType<typeof answerTyped>,
  unit: FormUnit | undefined,
): FormQuantity {
  const number = value[0]
  const quantity = {
    value: typeof number === 'number' || typeof number === 'string' ? number : '',
    ...(unit ?? { unit: '' }),
  }
  const said = digitsAt(value, '0')
  if (said !== undefined) addDigits(quantity, { value: said })
  return quantity
}
