import type { ReactNode } from 'react'

export function Chip({
  tone,
  children,
}: Readonly<{ tone?: 'warning' | 'missing'; children: ReactNode }>) {
  return <span className={`gable-chip ${tone ? `gable-chip--${tone}` : ''}`}>{children}</span>
}
