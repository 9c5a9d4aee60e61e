import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { ButtonVariant } from './button.tsx'

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function LinkButton({
  to,
  variant = 'filled',
  className = '',
  children,
}: Readonly<{ to: string; variant?: ButtonVariant; className?: string; children: ReactNode }>) {
  return (
    <Link to={to} className={`gable-button gable-button--${variant} ${className}`}>
      {children}
    </Link>
  )
}
