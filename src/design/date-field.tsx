import { useId } from 'react'
import { describedBy, Field, type FieldProps } from './field.tsx'

type DateFieldProps = FieldProps &
  Readonly<{
    value: string
    onChange: (value: string) => void
    min?: string
    max?: string
    name?: string
    required?: boolean
  }>

/** A day, `YYYY-MM-DD` or empty; the browser shows it in the reader's own way. */
export function DateField({
  label,
  hint,
  error,
  id,
  className,
  value,
  onChange,
  ...rest
}: DateFieldProps) {
  const ownId = useId()
  const fieldId = id ?? ownId
  return (
    <Field {...{ label, hint, error, id: fieldId }} {...(className ? { className } : {})}>
      <input
        {...rest}
        type="date"
        id={fieldId}
        className={`nhsuk-input nhsuk-input--width-10 ${error ? 'nhsuk-input--error' : ''}`}
        value={value}
        aria-describedby={describedBy({ id: fieldId, hint, error })}
        aria-invalid={error ? true : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  )
}
