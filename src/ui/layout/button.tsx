import type { ButtonHTMLAttributes } from 'react'

export type ButtonVariant = 'filled' | 'outline' | 'link' | 'danger'

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> &
  Readonly<{
    variant?: ButtonVariant
    /** work is in progress: the button stays where it is and does not act again */
    pending?: boolean
  }>

/** An action. One filled button per decision, outlined for the other way, link for the rest. */
export function Button({
  variant = 'filled',
  pending = false,
  className = '',
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={`gable-button gable-button--${variant} ${className}`}
      aria-busy={pending || undefined}
      aria-disabled={pending || undefined}
      onClick={(event) => {
        if (pending) event.preventDefault()
        else onClick?.(event)
      }}
    />
  )
}
