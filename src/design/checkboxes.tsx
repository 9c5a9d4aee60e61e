import { type ReactNode, useId } from 'react'
import { describedBy, FieldError } from './field.tsx'
import type { Option } from './radios.tsx'

type CheckboxesProps = Readonly<{
  legend: ReactNode
  hint?: ReactNode
  error?: ReactNode
  values: readonly string[]
  onChange: (values: string[]) => void
  options: readonly Option[]
  name?: string
  id?: string
  className?: string
}>

/** Any of a few. */
export function Checkboxes({
  legend,
  hint,
  error,
  values,
  onChange,
  options,
  name,
  id,
  className = '',
}: CheckboxesProps) {
  const ownId = useId()
  const groupId = id ?? ownId
  const toggle = (value: string) =>
    onChange(values.includes(value) ? values.filter((each) => each !== value) : [...values, value])
  return (
    <div className={`nhsuk-form-group ${error ? 'nhsuk-form-group--error' : ''} ${className}`}>
      <fieldset
        className="nhsuk-fieldset"
        aria-describedby={describedBy({ id: groupId, hint, error })}
      >
        <legend className="nhsuk-fieldset__legend">{legend}</legend>
        {hint ? (
          <div className="nhsuk-hint" id={`${groupId}-hint`}>
            {hint}
          </div>
        ) : null}
        <FieldError id={groupId} error={error} />
        <div className="nhsuk-checkboxes">
          {options.map((option, place) => {
            const optionId = place === 0 ? groupId : `${groupId}-${place}`
            return (
              <div className="nhsuk-checkboxes__item" key={option.value}>
                <input
                  className="nhsuk-checkboxes__input"
                  id={optionId}
                  type="checkbox"
                  name={name}
                  value={option.value}
                  checked={values.includes(option.value)}
                  onChange={() => toggle(option.value)}
                />
                <label className="nhsuk-label nhsuk-checkboxes__label" htmlFor={optionId}>
                  {option.label}
                </label>
                {option.hint ? (
                  <div className="nhsuk-hint nhsuk-checkboxes__hint">{option.hint}</div>
                ) : null}
              </div>
            )
          })}
        </div>
      </fieldset>
    </div>
  )
}
