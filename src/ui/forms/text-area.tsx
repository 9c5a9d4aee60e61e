import { type TextareaHTMLAttributes, useId } from 'react'
import { describedBy, Field, type FieldProps } from './field.tsx'

type TextAreaProps = FieldProps &
  Readonly<{ value: string; onChange: (value: string) => void; rows?: number }> &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'value' | 'onChange' | 'rows'>

/** Several lines of text. */
export function TextArea({
  label,
  hint,
  error,
  id,
  className,
  value,
  onChange,
  rows = 4,
  ...rest
}: TextAreaProps) {
  const ownId = useId()
  const fieldId = id ?? ownId
  return (
    <Field {...{ label, hint, error, id: fieldId }} {...(className ? { className } : {})}>
      <textarea
        dir="auto"
        {...rest}
        id={fieldId}
        className={`nhsuk-textarea ${error ? 'nhsuk-textarea--error' : ''}`}
        rows={rows}
        value={value}
        aria-describedby={describedBy({ id: fieldId, hint, error })}
        aria-invalid={error ? true : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  )
}
