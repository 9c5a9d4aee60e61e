import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { SaveNote } from '#features/parts/save-note.tsx'
import { Button } from '#ui/layout/button.tsx'
import './save-or-cancel.scss'

type Props = Readonly<{
  saving: Parameters<typeof SaveNote>[0]['saving']
  /** `form`: what holds the fields and this bar */
  onSave: (form: HTMLElement | null) => void
  onCancel: () => void
  /** what saving is called here */
  save?: ReactNode
  /** what stands beside the buttons */
  children?: ReactNode
}>

/** How saving went, and the two ways out of a short form. */
export function SaveOrCancel({ saving, onSave, onCancel, save, children }: Props) {
  return (
    <>
      <SaveNote saving={saving} />
      <div className="save-or-cancel">
        <Button
          pending={saving.pending}
          onClick={({ currentTarget }) =>
            onSave(currentTarget.closest('.save-or-cancel')?.parentElement ?? null)
          }
        >
          {save ?? <Trans>Save</Trans>}
        </Button>
        <Button variant="link" onClick={onCancel}>
          <Trans>Cancel</Trans>
        </Button>
        {children}
      </div>
    </>
  )
}
