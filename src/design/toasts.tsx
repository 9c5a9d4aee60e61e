import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { create } from 'zustand'

type Toast = Readonly<{ id: number; text: ReactNode; undo?: (() => void) | undefined }>

const useToasts = create<{ toasts: readonly Toast[] }>(() => ({ toasts: [] }))
const readable = 8_000
let count = 0

/** Says that something was done, for as long as it takes to read it and to take it back. */
export function toast(text: ReactNode, undo?: () => void): void {
  count += 1
  const id = count
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts.slice(-2), { id, text, undo }] }))
  setTimeout(() => dismiss(id), undo ? readable * 2 : readable)
}

function dismiss(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((each) => each.id !== id) }))
}

export function Toasts() {
  const { toasts } = useToasts()
  return (
    <div className="gable-toasts" role="status" aria-live="polite">
      {toasts.map((each) => (
        <div className="gable-toasts__one" key={each.id}>
          <span>{each.text}</span>
          {each.undo ? (
            <button
              type="button"
              onClick={() => {
                each.undo?.()
                dismiss(each.id)
              }}
            >
              <Trans>Undo</Trans>
            </button>
          ) : null}
        </div>
      ))}
    </div>
  )
}
