import { type InputHTMLAttributes, useId } from 'react'
import { describedBy, Field, type FieldProps } from './field.tsx'

type TextFieldProps = FieldProps &
  Readonly<{
    value: string
    onChange: (value: string) => void
    /** characters that are expected: 2, 3, 4, 5, 10, 20 or 30 */
    width?: number
  }> &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'width'>

/** One line of text. */
export function TextField({
  label,
  hint,
  error,
  id,
  className,
  value,
  onChange,
  width,
  ...rest
}: TextFieldProps) {
  const ownId = useId()
  const fieldId = id ?? ownId
  return (
    <Field {...{ label, hint, error, id: fieldId }} {...(className ? { className } : {})}>
      <input
        type="text"
        dir="auto"
        {...rest}
        id={fieldId}
        className={`nhsuk-input ${width ? `nhsuk-input--width-${width}` : ''} ${error ? 'nhsuk-input--error' : ''}`}
        value={value}
        aria-describedby={describedBy({ id: fieldId, hint, error })}
        aria-invalid={error ? true : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  )
}
