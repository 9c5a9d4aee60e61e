import type { ReactNode } from 'react'

export type MarkState = 'agreed' | 'writing' | 'due' | 'failed' | 'missing' | 'new'

const shapes: Readonly<Record<MarkState, ReactNode>> = {
  agreed: (
    <>
      <circle cx="9" cy="9" r="8.5" fill="currentColor" />
      <path d="M5 9.5l3 3 5-6" stroke="#fff" strokeWidth="2" fill="none" />
    </>
  ),
  writing: <path d="M3 15l1-4 8-8 3 3-8 8z" stroke="currentColor" strokeWidth="2" fill="none" />,
  due: (
    <>
      <circle cx="9" cy="9" r="7.5" stroke="currentColor" strokeWidth="2" fill="none" />
      <path d="M9 5v4.5l3 2" stroke="currentColor" strokeWidth="2" fill="none" />
    </>
  ),
  failed: (
    <>
      <rect x="1" y="1" width="16" height="16" rx="3" fill="currentColor" />
      <path d="M5.5 5.5l7 7m0-7l-7 7" stroke="#fff" strokeWidth="2" />
    </>
  ),
  missing: (
    <circle
      cx="9"
      cy="9"
      r="7.5"
      stroke="currentColor"
      strokeWidth="2"
      strokeDasharray="3 2.5"
      fill="none"
    />
  ),
  new: (
    <>
      <rect
        x="2"
        y="2"
        width="14"
        height="14"
        fill="#ffd36b"
        stroke="currentColor"
        strokeWidth="2"
      />
      <path d="M9 2v14M2 9h14" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
}

/** A state as a shape and a word, so that it can be read without colour. */
export function StateMark({
  state,
  children,
  className = '',
}: {
  state: MarkState
  children: ReactNode
  className?: string
}) {
  return (
    <span className={`gable-mark gable-mark--${state} ${className}`}>
      <svg viewBox="0 0 18 18" aria-hidden="true" focusable="false">
        {shapes[state]}
      </svg>
      <span>{children}</span>
    </span>
  )
}
