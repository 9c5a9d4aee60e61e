import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { create } from 'zustand'

type Undo = () => Promise<unknown>
type Toast = Readonly<{ id: number; text: ReactNode; undo?: Undo | undefined }>

const useToasts = create<{ toasts: readonly Toast[] }>(() => ({ toasts: [] }))
const readable = 8_000
let count = 0

/** Says that something was done, long enough to read it and to undo it; or that undoing it failed. */
export function toast(text: ReactNode, undo?: Undo): void {
  count += 1
  const id = count
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts.slice(-2), { id, text, undo }] }))
  setTimeout(() => dismiss(id), undo ? readable * 2 : readable)
}

function dismiss(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((each) => each.id !== id) }))
}

/** A toast is not for the next user. */
export function forgetToasts(): void {
  useToasts.setState({ toasts: [] })
}

function takeBack({ id, undo }: Toast): void {
  dismiss(id)
  undo?.().catch(() => toast(<Trans>This could not be undone. Please check it.</Trans>))
}

export function Toasts() {
  const { toasts } = useToasts()
  return (
    <div className="gable-toasts" role="status" aria-live="polite">
      {toasts.map((each) => (
        <div className="gable-toasts__one" key={each.id}>
          <span>{each.text}</span>
          {each.undo ? (
            <button type="button" onClick={() => takeBack(each)}>
              <Trans>Undo</Trans>
            </button>
          ) : null}
        </div>
      ))}
    </div>
  )
}
