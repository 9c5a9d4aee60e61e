import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'

export type FormError = Readonly<{ text: ReactNode; fieldId: string }>

// one function for all renders: a new one would pull the focus back at every key stroke
const takeFocus = (element: HTMLElement | null) => element?.focus()

/** Everything that has to be corrected, before the form; takes the focus when it appears. */
export function ErrorSummary({
  errors,
  onGo,
}: Readonly<{
  errors: readonly FormError[]
  /** brings a field into view that is not on the screen, before it takes the focus */
  onGo?: (fieldId: string) => void
}>) {
  if (errors.length === 0) return null
  return (
    <div
      className="nhsuk-error-summary"
      role="alert"
      tabIndex={-1}
      ref={takeFocus}
      key={errors.length}
    >
      <h2 className="nhsuk-error-summary__title">
        <Trans>There is a problem</Trans>
      </h2>
      <div className="nhsuk-error-summary__body">
        <ul className="nhsuk-list nhsuk-error-summary__list">
          {errors.map((error) => (
            <li key={error.fieldId}>
              <a
                href={`#${error.fieldId}`}
                onClick={(event) => {
                  event.preventDefault()
                  onGo?.(error.fieldId)
                  document.getElementById(error.fieldId)?.focus()
                }}
              >
                {error.text}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
