import type { ReactNode } from 'react'

export function Card({
  title,
  actions,
  children,
  className = '',
}: Readonly<{ title?: ReactNode; actions?: ReactNode; children?: ReactNode; className?: string }>) {
  return (
    <section className={`gable-card ${className}`}>
      {title || actions ? (
        <div className="gable-card__head">
          {title ? <h2>{title}</h2> : null}
          {actions}
        </div>
      ) : null}
      {children}
    </section>
  )
}
