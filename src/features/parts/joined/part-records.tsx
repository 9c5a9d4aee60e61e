import { Trans } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { joinRecords, partRecords, sinceJoinQuery } from '#client/queries/patient/duplicates.ts'
import { ConfirmAction } from '#features/parts/confirm-action.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { WhoseSince } from './whose-since.tsx'

/** Undoes a join of two records, however long ago it was: they were two people after all. */
export function PartRecords({ keep, join }: Readonly<{ keep: string; join: string }>) {
  const [belongs, setBelongs] = useState<Readonly<Record<string, string>>>({})
  const [tried, setTried] = useState(false)
  const cache = useQueryClient()
  const isUnsaid = () =>
    (cache.getQueryData(sinceJoinQuery({ keep, join }).queryKey)?.groups ?? []).some(
      ({ stays, records }) => !stays && records.some(({ id }) => !belongs[id]),
    )
  return (
    <ConfirmAction
      verb={<Trans>Separate these records</Trans>}
      variant="link"
      title={<Trans>Are these two different people?</Trans>}
      yes={<Trans>Yes, separate them</Trans>}
      no={<Trans>Not now</Trans>}
      run={async () => {
        setTried(true)
        if (isUnsaid()) throw new Error('not said whose')
        const undo = await partRecords({ keep, join, belongs })
        toast(<Trans>These are two records again.</Trans>, () => joinRecords({ keep, join, undo }))
      }}
      failed={(failure) => (
        <Notice tone="danger" title={<Trans>The records were not separated</Trans>}>
          <p>
            {failure instanceof FhirError && failure.kind === 'refused' ? (
              failure.message
            ) : failure instanceof FhirError ? (
              <Trans>Try again in a moment.</Trans>
            ) : (
              <Trans>Say first whose each record is.</Trans>
            )}
          </p>
        </Notice>
      )}
    >
      <p>
        <Trans>
          Both records will be in use again, each with what was written in it. Check both NHS
          numbers afterwards.
        </Trans>
      </p>
      <WhoseSince {...{ keep, join, belongs, tried }} onChange={setBelongs} />
    </ConfirmAction>
  )
}
