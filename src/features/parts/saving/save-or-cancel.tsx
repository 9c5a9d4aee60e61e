import { SaveNote } from '#features/parts/save-note.tsx'
import { TwoWaysOut, type WaysOut } from './two-ways-out.tsx'

type Props = WaysOut & Readonly<{ saving: Parameters<typeof SaveNote>[0]['saving'] }>

/** How saving went, and the two ways out of a short form. */
export function SaveOrCancel({ saving, ...ways }: Props) {
  return (
    <>
      <SaveNote saving={saving} />
      <TwoWaysOut pending={saving.pending} {...ways} />
    </>
  )
}
