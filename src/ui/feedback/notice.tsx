import type { ReactNode } from 'react'

type NoticeProps = Readonly<{
  tone: 'info' | 'done' | 'warning' | 'danger'
  title: ReactNode
  children?: ReactNode
  actions?: ReactNode
  className?: string
}>

/** Something to know before continuing. Danger and warning are announced at once. */
export function Notice({ tone, title, children, actions, className = '' }: NoticeProps) {
  const urgent = tone === 'danger' || tone === 'warning'
  return (
    <div
      className={`gable-notice gable-notice--${tone} ${className}`}
      role={urgent ? 'alert' : 'status'}
    >
      <div className="gable-notice__words">
        <p className="gable-notice__title">{title}</p>
        {children}
      </div>
      {actions ? <div>{actions}</div> : null}
    </div>
  )
}
