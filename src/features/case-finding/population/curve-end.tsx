import type { ReactNode } from 'react'

/** What a line of a curve is, in words. */
export function CurveEnd({
  line,
  title,
  children,
}: Readonly<{ line: string; title: string; children?: ReactNode }>) {
  return (
    <span className="population-curve__end">
      <svg viewBox="0 0 28 8" aria-hidden="true">
        <line className={line} x1="0" x2="28" y1="4" y2="4" />
      </svg>
      <span>
        <b>{title}</b>
        {children ? <span className="population__meta">{children}</span> : null}
      </span>
    </span>
  )
}
