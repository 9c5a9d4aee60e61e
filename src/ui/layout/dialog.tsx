import { type ReactNode, useId } from 'react'

type DialogProps = Readonly<{
  title: ReactNode
  open: boolean
  onClose: () => void
  children?: ReactNode
  actions: ReactNode
  /** true: it opened by itself and cannot wait; its text is read out when it opens */
  urgent?: boolean
}>

/** Closed before it is taken away: only then does the browser give the focus back to what opened it. */
function modal(element: HTMLDialogElement) {
  if (!element.open) element.showModal()
  return () => element.close()
}

/** A question that must be answered before continuing. Escape closes it; the browser restores the focus. */
export function Dialog({ title, open, onClose, children, actions, urgent = false }: DialogProps) {
  const id = useId()
  if (!open) return null
  return (
    <dialog
      className="gable-dialog"
      aria-labelledby={id}
      {...(urgent ? { role: 'alertdialog', 'aria-describedby': `${id}-words` } : {})}
      ref={modal}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <h2 id={id}>{title}</h2>
      <div id={`${id}-words`}>{children}</div>
      <div className="gable-dialog__actions">{actions}</div>
    </dialog>
  )
}
