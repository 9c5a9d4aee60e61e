import { useId } from 'react'
import { describedBy, Field, type FieldProps } from './field.tsx'

type SelectFieldProps = FieldProps &
  Readonly<{
    value: string
    onChange: (value: string) => void
    options: readonly Readonly<{ value: string; label: string }>[]
    name?: string
  }>

/** One of many, where radios would be too long a list. */
export function SelectField({
  label,
  hint,
  error,
  id,
  className,
  value,
  onChange,
  options,
  name,
}: SelectFieldProps) {
  const ownId = useId()
  const fieldId = id ?? ownId
  return (
    <Field {...{ label, hint, error, id: fieldId }} {...(className ? { className } : {})}>
      <select
        id={fieldId}
        name={name}
        className={`nhsuk-select ${error ? 'nhsuk-select--error' : ''}`}
        value={value}
        aria-describedby={describedBy({ id: fieldId, hint, error })}
        aria-invalid={error ? true : undefined}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  )
}
