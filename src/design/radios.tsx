import { type ReactNode, useId } from 'react'
import { describedBy, FieldError } from './field.tsx'

export type Option = Readonly<{ value: string; label: ReactNode; hint?: ReactNode }>

type RadiosProps = Readonly<{
  legend: ReactNode
  hint?: ReactNode
  error?: ReactNode
  value: string
  onChange: (value: string) => void
  options: readonly Option[]
  name: string
  id?: string
  inline?: boolean
  className?: string
}>

/** One of a few. */
export function Radios({
  legend,
  hint,
  error,
  value,
  onChange,
  options,
  name,
  id,
  inline,
  className = '',
}: RadiosProps) {
  const ownId = useId()
  const groupId = id ?? ownId
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
        <div className={`nhsuk-radios ${inline ? 'nhsuk-radios--inline' : ''}`}>
          {options.map((option, place) => {
            const optionId = place === 0 ? groupId : `${groupId}-${place}`
            return (
              <div className="nhsuk-radios__item" key={option.value}>
                <input
                  className="nhsuk-radios__input"
                  id={optionId}
                  type="radio"
                  name={name}
                  value={option.value}
                  checked={value === option.value}
                  aria-describedby={option.hint ? `${optionId}-hint` : undefined}
                  onChange={() => onChange(option.value)}
                />
                <label className="nhsuk-label nhsuk-radios__label" htmlFor={optionId}>
                  {option.label}
                </label>
                {option.hint ? (
                  <div className="nhsuk-hint nhsuk-radios__hint" id={`${optionId}-hint`}>
                    {option.hint}
                  </div>
                ) : null}
              </div>
            )
          })}
        </div>
      </fieldset>
    </div>
  )
}
