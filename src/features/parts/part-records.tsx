import { Trans, useLingui } from '@lingui/react/macro'
import { joinRecords, partRecords } from '#client/queries/patient/duplicates.ts'
import { toast } from '#ui/feedback/toasts.tsx'
import { ConfirmAction } from './confirm-action.tsx'

/** Undoes a join of two records, however long ago it was: they were two people after all. */
export function PartRecords({ keep, join }: Readonly<{ keep: string; join: string }>) {
  const { t } = useLingui()
  return (
    <ConfirmAction
      verb={<Trans>Separate these records</Trans>}
      variant="link"
      title={t`Are these two different people?`}
      yes={<Trans>Yes, separate them</Trans>}
      no={<Trans>Not now</Trans>}
      run={() => partRecords({ keep, join })}
      done={() =>
        toast(<Trans>These are two records again.</Trans>, () => joinRecords({ keep, join }))
      }
      failed={<Trans>The records were not separated</Trans>}
    >
      <p>
        <Trans>
          Both records will be in use again, each with what was written in it. Check both NHS
          numbers afterwards.
        </Trans>
      </p>
    </ConfirmAction>
  )
}
