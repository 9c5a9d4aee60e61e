import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import {
  bringIn,
  goOn,
  type ImportProgress,
  type ImportResult,
} from '#client/queries/admin/import.ts'
import { useSession } from '#client/session/session.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { ProgressLine } from '#ui/feedback/progress-line.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { ImportDrop } from './import-drop.tsx'
import { ImportOutcome } from './import-outcome.tsx'
import { useFaultWords } from './use-fault-words.ts'

/** Records from another system, as files. */
export function ImportPage() {
  const { t } = useLingui()
  const { actor } = useSession()
  const allowed = actor?.role === 'admin' || actor?.role === 'nurse-case-manager'
  return (
    <div className="import-page">
      <PageHeading
        title={t`Import records`}
        lead={t`FHIR R4 files from another system, or a list of people. Importing the same file twice changes nothing.`}
      />
      {actor?.role === 'admin' && (
        <p>
          <Link to="/hospital-messages">
            <Trans>Hospital messages on hold</Trans>
          </Link>
        </p>
      )}
      {allowed ? (
        <Import />
      ) : (
        <EmptyState title={t`Not part of your role`}>
          <Trans>Only nurse case managers and administrators can import records.</Trans>
        </EmptyState>
      )}
    </div>
  )
}

function Import() {
  const { run, start, stop, resume } = useImport()
  if (run.step === 'going') return <Going {...run} stop={stop} />
  return (
    <>
      <ImportDrop onFiles={(files) => void start(files)} again={run.step === 'done'} />
      {run.step === 'done' && (
        <ImportOutcome result={run.result} resume={() => void resume(run.result)} />
      )}
    </>
  )
}

const notBegun: ImportProgress = {
  ...{ file: 1, files: 1, name: '', records: 0 },
  ...{ step: 'looking', bytes: 0, size: 0 },
}

type Under = Readonly<{
  progress: ImportProgress | undefined
  stopping: boolean
  stop: () => void
}>

function Going({ progress, stopping, stop }: Under) {
  const { file, files, name, records, step, bytes, size } = progress ?? notBegun
  const megabytes = (some: number) => (some / 1_000_000).toFixed(1)
  return (
    <section className="import-going">
      <ProgressLine
        value={bytes}
        max={Math.max(size, 1)}
        label={
          step === 'looking' ? (
            <Trans>
              File {file} of {files}: looking at <bdi>{name}</bdi>, {megabytes(bytes)} of{' '}
              {megabytes(size)} MB. Nothing of it is imported yet.
            </Trans>
          ) : (
            <Trans>
              File {file} of {files}: <bdi>{name}</bdi>, {megabytes(bytes)} of {megabytes(size)} MB.
              Records so far: {records}
            </Trans>
          )
        }
      />
      <Button variant="outline" pending={stopping} onClick={stop}>
        {stopping ? <Trans>Stopping after this part</Trans> : <Trans>Stop</Trans>}
      </Button>
      <p className="import-note">
        <Trans>
          You can stop at any time. Records already imported are saved, and none is left incomplete.
        </Trans>
      </p>
    </section>
  )
}

type ImportRun =
  | { step: 'choosing' }
  | { step: 'going'; progress: ImportProgress | undefined; stopping: boolean }
  | { step: 'done'; result: ImportResult }

/** One import run. Leaving the page stops it after the request in progress. */
function useImport() {
  const [run, setRun] = useState<ImportRun>({ step: 'choosing' })
  const words = useFaultWords()
  const stopper = useRef<AbortController>(undefined)
  useEffect(() => () => stopper.current?.abort(), [])

  type Watch = Parameters<typeof goOn>[1]
  async function during(work: (watch: Watch) => Promise<ImportResult>): Promise<void> {
    const stopping = new AbortController()
    stopper.current = stopping
    setRun({ step: 'going', progress: undefined, stopping: false })
    const result = await work({
      stop: stopping.signal,
      reasonOf: ({ reason, faults }) => faults?.map(words).join(' ') ?? reason,
      onProgress: (progress) =>
        setRun({ step: 'going', progress, stopping: stopping.signal.aborted }),
    })
    setRun({ step: 'done', result })
  }

  function stop(): void {
    stopper.current?.abort()
    setRun((now) => (now.step === 'going' ? { ...now, stopping: true } : now))
  }

  return {
    run,
    stop,
    start: (files: readonly File[]) =>
      files.length > 0 ? during((watch) => bringIn(files, watch)) : Promise.resolve(),
    resume: (result: ImportResult) => during((watch) => goOn(result, watch)),
  }
}
