import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { FhirErrorKind } from '#client/fhir/fhir-error.ts'
import type { ImportResult } from '#client/queries/admin/import.ts'
import { isAllUnchanged } from '#domain/import/tally.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { Button } from '#ui/layout/button.tsx'

/** How the run ended: imported, nothing new, stopped, or failed, with the way to continue. */
export function ImportEnd({
  result,
  resume,
}: Readonly<{ result: ImportResult; resume: () => void }>) {
  const { ended, filesDone, problems, tally } = result
  if (ended) return <Early result={result} resume={resume} />
  if (isAllUnchanged(tally) && problems.length === 0)
    return <Notice tone="info" title={<Trans>Already here, unchanged</Trans>} />
  if (tally.counts.every((each) => each.created + each.updated === 0))
    return <Notice tone="warning" title={<Trans>Nothing new was imported</Trans>} />
  const refused = tally.counts.reduce((sum, each) => sum + each.refused, 0)
  return (
    <Notice
      tone={refused + problems.length > 0 ? 'warning' : 'done'}
      title={<Plural value={filesDone} one="# file was read" other="# files were read" />}
    >
      {refused > 0 && (
        <p>
          <Plural
            value={refused}
            one="# record was refused: see below."
            other="# records were refused: see below."
          />
        </p>
      )}
      {problems.length > 0 && (
        <p>
          <Plural
            value={problems.length}
            one="# file was refused: see below."
            other="# files were refused: see below."
          />
        </p>
      )}
    </Notice>
  )
}

function Early({ result, resume }: Readonly<{ result: ImportResult; resume: () => void }>) {
  const { ended, filesDone, files, left, records } = result
  const [first, ...others] = left
  return (
    <Notice
      tone={ended === 'stopped' ? 'info' : 'danger'}
      title={<WhyEnded ended={ended} filesDone={filesDone} files={files} />}
      actions={
        <Button variant="outline" onClick={resume}>
          <Trans>Continue</Trans>
        </Button>
      }
    >
      <p>
        <Trans>Records so far: {records}. They are saved, and none is incomplete.</Trans>
      </p>
      <p>
        <Trans>
          Not finished: <bdi>{first?.name}</bdi>
        </Trans>
        {others.length > 0 && (
          <>
            {' '}
            <Plural value={others.length} one="and # more file" other="and # more files" />
          </>
        )}
      </p>
    </Notice>
  )
}

type Ended = Readonly<{ ended: ImportResult['ended']; filesDone: number; files: number }>

function WhyEnded({ ended, filesDone, files }: Ended): ReactNode {
  const { t } = useLingui()
  if (ended === 'stopped')
    return (
      <Trans>
        Stopped after {filesDone} of {files} files
      </Trans>
    )
  const titles: Readonly<Partial<Record<FhirErrorKind, string>>> = {
    offline: t`The connection was lost`,
    unreachable: t`The connection was lost`,
    'signed-out': t`You have been signed out`,
    forbidden: t`Your role cannot import records`,
  }
  return (ended && titles[ended.kind]) ?? t`Something went wrong with our service`
}
