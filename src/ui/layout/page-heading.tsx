import type { ReactNode } from 'react'

/** The heading of a page, once a page; its text is the browser's title too if it is plain text. */
export function PageHeading({
  title,
  caption,
  lead,
  actions,
}: Readonly<{ title: ReactNode; caption?: ReactNode; lead?: ReactNode; actions?: ReactNode }>) {
  return (
    <div className="gable-page-heading">
      {typeof title === 'string' ? <title>{`${title} · Gable`}</title> : null}
      <div>
        {caption ? <span className="gable-page-heading__caption">{caption}</span> : null}
        <h1 tabIndex={-1}>{title}</h1>
        {lead ? <p className="gable-page-heading__lead">{lead}</p> : null}
      </div>
      {actions ? <div className="gable-page-heading__actions">{actions}</div> : null}
    </div>
  )
}
