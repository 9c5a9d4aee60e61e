import type { ReactNode } from 'react'

/** A table that may be wider than a small screen. */
export function WideTable({ label, children }: Readonly<{ label: string; children: ReactNode }>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard too
    <section className="gable-scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  )
}
