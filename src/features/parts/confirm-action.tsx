import { Trans } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { Button, type ButtonVariant } from '#ui/layout/button.tsx'
import { Dialog } from '#ui/layout/dialog.tsx'

type Props = Readonly<{
  verb: ReactNode
  /** the verb with its object, if several are on a page */
  label?: string
  variant: ButtonVariant
  title: ReactNode
  /** what happens then */
  children: ReactNode
  yes: ReactNode
  no: ReactNode
  run: () => Promise<unknown>
  done?: () => void
  /** the heading when it failed, or all that is shown then */
  failed: ReactNode | ((failure: unknown) => ReactNode)
  /** what cannot be brought back with one press */
  isFinal?: boolean
}>

/** A button that asks once more before it acts. A refusal is shown in the service's words. */
export function ConfirmAction(props: Props) {
  const { verb, label, variant, title, children, yes, no, run, done } = props
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  const acting = useMutation({
    mutationFn: run,
    onSuccess: () => {
      close()
      done?.()
    },
  })
  const { error } = acting
  return (
    <>
      <Button
        variant={variant}
        onClick={() => setOpen(true)}
        {...(label ? { 'aria-label': label } : {})}
      >
        {verb}
      </Button>
      <Dialog
        title={title}
        open={open}
        onClose={close}
        actions={
          <>
            <Button
              variant={props.isFinal ? 'danger' : 'filled'}
              pending={acting.isPending}
              onClick={() => acting.mutate()}
            >
              {yes}
            </Button>
            <Button variant="link" onClick={close}>
              {no}
            </Button>
          </>
        }
      >
        {children}
        {error ? <Failed failure={error} shown={props.failed} /> : null}
      </Dialog>
    </>
  )
}

function Failed({ failure, shown }: Readonly<{ failure: Error; shown: Props['failed'] }>) {
  if (typeof shown === 'function') return shown(failure)
  return (
    <Notice tone="danger" title={shown}>
      <p>
        {failure instanceof FhirError && failure.kind === 'refused' ? (
          failure.message
        ) : (
          <Trans>Try again in a moment.</Trans>
        )}
      </p>
    </Notice>
  )
}
