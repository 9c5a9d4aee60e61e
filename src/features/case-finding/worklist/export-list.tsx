import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import type { FindFilters } from '#client/queries/monitoring/find-people.ts'
import { useSession } from '#client/session/session.ts'
import { isStaff } from '#domain/access/actor.ts'
import { ExportDialog } from '#features/parts/find/export-dialog.tsx'
import { Button } from '#ui/layout/button.tsx'

/** The list as a file, for those who care for these people. */
export function ExportList({ filters }: { filters: FindFilters }) {
  const [open, setOpen] = useState(false)
  const mayExport = useSession(({ actor }) => actor !== undefined && isStaff(actor))
  const { page: _page, ...asked } = filters
  if (!mayExport) return null
  return (
    <>
      <Button variant="link" onClick={() => setOpen(true)}>
        <Trans>Download</Trans>
      </Button>
      {open ? <ExportDialog filters={asked} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
