import { useLingui } from '@lingui/react/macro'
import { useId, useState } from 'react'
import { type DateParts, dateFromParts, datePartsOf, isUnfinished } from './date-parts.ts'
import { describedBy, FieldError, type FieldProps } from './field.tsx'

type DateFieldProps = FieldProps &
  Readonly<{
    /** `YYYY-MM-DD`, empty, or typed text that is not a date yet (`isUnfinished`) */
    value: string
    onChange: (value: string) => void
  }>

/**
 * A date in three boxes, day first: the browser's own field puts the month first on many machines. An unfinished date
 * is passed on as such, and reported once the boxes are left.
 */
export function DateField({
  label,
  hint,
  error,
  id,
  className = '',
  value,
  onChange,
}: DateFieldProps) {
  const { t } = useLingui()
  const ownId = useId()
  const fieldId = id ?? ownId
  const [left, setLeft] = useState(false)
  const shown = datePartsOf(value)
  const change = (part: keyof DateParts, text: string) => {
    // the message stays until it is corrected: a form that was sent leads back to it
    setLeft(false)
    onChange(dateFromParts({ ...shown, [part]: text }))
  }
  const isNoDay = isUnfinished(value) && (left || Boolean(error))
  const said = isNoDay ? t`This is not a real date. For example: 27 3 1934` : error
  const boxes = [
    { part: 'day', label: t`Day`, width: 2 },
    { part: 'month', label: t`Month`, width: 2 },
    { part: 'year', label: t`Year`, width: 4 },
  ] as const
  return (
    <div className={`nhsuk-form-group ${said ? 'nhsuk-form-group--error' : ''} ${className}`}>
      <fieldset
        className="nhsuk-fieldset date-field"
        aria-describedby={describedBy({ id: fieldId, hint, error: said })}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) setLeft(true)
        }}
        onKeyDown={(event) => {
          // it sends the form
          if (event.key === 'Enter') setLeft(true)
        }}
      >
        <legend className="nhsuk-fieldset__legend">{label}</legend>
        {hint ? (
          <div className="nhsuk-hint" id={`${fieldId}-hint`}>
            {hint}
          </div>
        ) : null}
        <FieldError id={fieldId} error={said} />
        <div className="date-field__boxes">
          {boxes.map((box) => (
            <div key={box.part}>
              <label
                className="nhsuk-label date-field__label"
                htmlFor={box.part === 'day' ? fieldId : `${fieldId}-${box.part}`}
              >
                {box.label}
              </label>
              <input
                className={`nhsuk-input nhsuk-input--width-${box.width} ${said ? 'nhsuk-input--error' : ''}`}
                id={box.part === 'day' ? fieldId : `${fieldId}-${box.part}`}
                inputMode="numeric"
                autoComplete="off"
                maxLength={box.width}
                value={shown[box.part]}
                aria-invalid={said ? true : undefined}
                onChange={(event) => change(box.part, event.target.value)}
              />
            </div>
          ))}
        </div>
      </fieldset>
    </div>
  )
}
