import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { joinRecords, partRecords } from '#data/duplicates.ts'
import { Button } from '#design/button.tsx'
import { Dialog } from '#design/dialog.tsx'
import { Notice } from '#design/notice.tsx'
import { toast } from '#design/toasts.tsx'

/** Takes the joining of two records back, however long ago it was: they were two people after all. */
export function PartRecords({ keep, join }: Readonly<{ keep: string; join: string }>) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  const parting = useMutation({
    mutationFn: () => partRecords({ keep, join }),
    onSuccess: () => {
      setOpen(false)
      toast(<Trans>These are two records again.</Trans>, () => joinRecords({ keep, join }))
    },
  })
  return (
    <>
      <Button variant="link" onClick={() => setOpen(true)}>
        <Trans>Take the joining back</Trans>
      </Button>
      <Dialog
        title={t`Are these two people after all?`}
        open={open}
        onClose={() => setOpen(false)}
        actions={
          <>
            <Button pending={parting.isPending} onClick={() => parting.mutate()}>
              <Trans>Yes, part them</Trans>
            </Button>
            <Button variant="link" onClick={() => setOpen(false)}>
              <Trans>Not now</Trans>
            </Button>
          </>
        }
      >
        <p>
          <Trans>
            Both records are in use again, each with what was written in it. Check the NHS number of
            each afterwards.
          </Trans>
        </p>
        {parting.isError && (
          <Notice tone="danger" title={<Trans>The records were not parted</Trans>}>
            <p>
              <Trans>Try again in a moment.</Trans>
            </p>
          </Notice>
        )}
      </Dialog>
    </>
  )
}
