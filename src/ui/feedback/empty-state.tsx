import type { ReactNode } from 'react'

/** Names what is not there yet, inside a dashed edge. */
export function EmptyState({
  title,
  children,
  actions,
  className = '',
}: Readonly<{ title?: ReactNode; children?: ReactNode; actions?: ReactNode; className?: string }>) {
  return (
    <div className={`gable-missing ${className}`}>
      {title ? <p className="gable-missing__title">{title}</p> : null}
      {children}
      {actions ? <div className="gable-missing__actions">{actions}</div> : null}
    </div>
  )
}
