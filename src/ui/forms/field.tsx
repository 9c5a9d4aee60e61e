import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'

export type FieldProps = Readonly<{
  label: ReactNode
  hint?: ReactNode
  error?: ReactNode
  id?: string
  className?: string
}>

/** Label, hint and error around one control, in reading order. */
export function Field({
  label,
  hint,
  error,
  id,
  className = '',
  children,
}: FieldProps & Readonly<{ children: ReactNode }>) {
  return (
    <div className={`nhsuk-form-group ${error ? 'nhsuk-form-group--error' : ''} ${className}`}>
      <label className="nhsuk-label" htmlFor={id}>
        {label}
      </label>
      {hint ? (
        <div className="nhsuk-hint" id={`${id}-hint`}>
          {hint}
        </div>
      ) : null}
      <FieldError id={id} error={error} />
      {children}
    </div>
  )
}

export function FieldError({ id, error }: { id: string | undefined; error: ReactNode }) {
  if (!error) return null
  return (
    <span className="nhsuk-error-message" id={`${id}-error`}>
      <span className="nhsuk-u-visually-hidden">
        <Trans>Error:</Trans>
      </span>{' '}
      {error}
    </span>
  )
}

/** What describes the control: its hint and its error, if there are any. */
export function describedBy({
  id,
  hint,
  error,
}: {
  id: string
  hint: ReactNode
  error: ReactNode
}): string | undefined {
  return (
    [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined
  )
}
