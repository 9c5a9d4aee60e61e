import { Trans } from '@lingui/react/macro'
import { type ReactNode, useLayoutEffect } from 'react'
import { create } from 'zustand'

type Undo = () => Promise<unknown>
type Toast = Readonly<{ id: number; text: ReactNode; undo?: Undo | undefined }>
type Toasts = Readonly<{
  /** the page on screen */
  page: string
  toasts: readonly Toast[]
  /** said on the page before */
  before: readonly Toast[]
}>

const nothing = { toasts: [], before: [] }
const useToasts = create<Toasts>(() => ({ page: '', ...nothing }))
const readable = 8_000
let count = 0

/** The page that an action begins on: what is said when it is done belongs there. */
export const pageOnScreen = (): string => useToasts.getState().page

/**
 * Says that something was done, long enough to read it and to undo it; or that undoing it failed. `on`: the page where
 * it was done, if the user may have moved on meanwhile. Returns how to take it away, for what was undone in another way.
 */
export function toast(text: ReactNode, undo?: Undo, on = pageOnScreen()): () => void {
  count += 1
  const id = count
  const said = { id, text, undo }
  const add = (list: readonly Toast[]) => [...list.slice(-2), said]
  useToasts.setState(({ page, toasts, before }) =>
    page === on ? { toasts: add(toasts) } : { before: add(before) },
  )
  setTimeout(() => hide(id), undo ? readable * 2 : readable)
  return () => dismiss(id)
}

const without = (list: readonly Toast[], id: number) => list.filter((each) => each.id !== id)

/** Time takes away what lies over the page; a line in the page stays, so that nothing below it jumps. */
function hide(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: without(toasts, id) }))
}

function dismiss(id: number): void {
  useToasts.setState(({ toasts, before }) => ({
    ...{ toasts: without(toasts, id), before: without(before, id) },
  }))
}

/** A toast is not for the next user. */
export function forgetToasts(): void {
  useToasts.setState(nothing)
}

/** What was said on one page stays in reach on the next, as a line of its own; after that it is gone. */
function turnPage(to: string): void {
  useToasts.setState(({ page, toasts }) =>
    page === to ? {} : { page: to, toasts: [], before: toasts },
  )
}

function takeBack({ id, undo }: Toast): void {
  dismiss(id)
  undo?.().catch(() => toast(<Trans>This could not be undone. Please check it.</Trans>))
}

/** Over the page on which it was done. */
export function Toasts() {
  const { toasts } = useToasts()
  return (
    <div className="gable-toasts" role="status" aria-live="polite">
      {toasts.map((each) => (
        <div className="gable-toasts__one" key={each.id}>
          <span>{each.text}</span>
          <UndoButton said={each} />
        </div>
      ))}
    </div>
  )
}

/** At the top of the next page, where it covers nothing and says where it comes from. */
export function ToastsFromPageBefore({ page }: { page: string }) {
  const { before } = useToasts()
  // before the page is painted: it never shows over the next one
  useLayoutEffect(() => turnPage(page), [page])
  return (
    <div className="gable-page-before" role="status" aria-live="polite">
      {before.map((each) => (
        <p className="gable-page-before__one" key={each.id}>
          <span>
            <Trans>On the page before:</Trans> {each.text}
          </span>
          <UndoButton said={each} />
        </p>
      ))}
    </div>
  )
}

function UndoButton({ said }: { said: Toast }) {
  if (!said.undo) return null
  return (
    <button type="button" onClick={() => takeBack(said)}>
      <Trans>Undo</Trans>
    </button>
  )
}
