import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { focusFirstError } from '#ui/forms/focus-first-error.ts'
import { Button } from '#ui/layout/button.tsx'
import './two-ways-out.scss'

export type WaysOut = Readonly<{
  /** a field that then says what is missing gets the focus; without this the button sends its form */
  onSave?: () => void
  onCancel: () => void
  /** what saving is called here */
  save?: ReactNode
  /** what leaving is called here */
  cancel?: ReactNode
  /** what stands beside the buttons */
  children?: ReactNode
}>

type Props = WaysOut & Readonly<{ pending: boolean }>

/** The two ways out of a short form or a dialog. */
export function TwoWaysOut({ pending, onSave, onCancel, save, cancel, children }: Props) {
  return (
    <div className="two-ways-out">
      <Button
        type={onSave ? 'button' : 'submit'}
        pending={pending}
        onClick={({ currentTarget }) => {
          const form =
            currentTarget.closest('dialog') ??
            currentTarget.closest('.two-ways-out')?.parentElement ??
            null
          onSave?.()
          focusFirstError(form)
        }}
      >
        {save ?? <Trans>Save</Trans>}
      </Button>
      <Button variant="link" onClick={onCancel}>
        {cancel ?? <Trans>Cancel</Trans>}
      </Button>
      {children}
    </div>
  )
}
