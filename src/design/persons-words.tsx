import type { ReactNode } from 'react'

/** The person's own words: larger, in regular weight, behind the yellow bar that nobody else gets. */
export function PersonsWords({
  children,
  size,
  className = '',
}: Readonly<{ children: ReactNode; size?: 'row' | 'lead'; className?: string }>) {
  return (
    <blockquote className={`gable-words ${size ? `gable-words--${size}` : ''} ${className}`}>
      {children}
    </blockquote>
  )
}
