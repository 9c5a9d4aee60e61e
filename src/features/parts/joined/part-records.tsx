import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { joinRecords, partRecords } from '#client/queries/patient/duplicates.ts'
import { ConfirmAction } from '#features/parts/confirm-action.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { WhoseSince } from './whose-since.tsx'

/** Undoes a join of two records, however long ago it was: they were two people after all. */
export function PartRecords({ keep, join }: Readonly<{ keep: string; join: string }>) {
  const [belongs, setBelongs] = useState<Readonly<Record<string, string>>>({})
  return (
    <ConfirmAction
      verb={<Trans>Separate these records</Trans>}
      variant="link"
      title={<Trans>Are these two different people?</Trans>}
      yes={<Trans>Yes, separate them</Trans>}
      no={<Trans>Not now</Trans>}
      run={async () => {
        const undo = await partRecords({ keep, join, belongs })
        toast(<Trans>These are two records again.</Trans>, () => joinRecords({ keep, join, undo }))
      }}
      failed={<Trans>The records were not separated</Trans>}
    >
      <p>
        <Trans>
          Both records will be in use again, each with what was written in it. Check both NHS
          numbers afterwards.
        </Trans>
      </p>
      <WhoseSince {...{ keep, join, belongs }} onChange={setBelongs} />
    </ConfirmAction>
  )
}
