import { Trans, useLingui } from '@lingui/react/macro'
import { useSession } from '#data/session.ts'
import { Button } from '#design/button.tsx'
import { Missing } from '#design/missing.tsx'
import { Notice } from '#design/notice.tsx'
import { PageHeading } from '#design/page-heading.tsx'
import { ProgressLine } from '#design/progress-line.tsx'
import { ImportDrop } from './import-drop.tsx'
import { ImportOutcome } from './import-outcome.tsx'
import { type ImportRun, useImport } from './use-import.ts'
import './import.css'

/** Records from another system, as files. */
export function ImportPage() {
  const { t } = useLingui()
  const { actor } = useSession()
  const allowed = actor?.role === 'admin' || actor?.role === 'nurse-case-manager'
  return (
    <div className="import-page">
      <PageHeading
        title={t`Bring records in`}
        lead={t`FHIR R4 files from another system. Bringing the same file in twice changes nothing.`}
      />
      {allowed ? (
        <Import />
      ) : (
        <Missing title={t`Not part of your role`}>
          <Trans>Nurse case managers and administrators bring records in.</Trans>
        </Missing>
      )}
    </div>
  )
}

function Import() {
  const { run, start, stop } = useImport()
  return (
    <>
      {run.step === 'going' ? (
        <Going run={run} stop={stop} />
      ) : (
        <ImportDrop onFiles={(files) => void start(files)} again={run.step === 'done'} />
      )}
      {run.step === 'failed' && <Failed run={run} />}
      {run.step === 'done' && <ImportOutcome result={run.result} />}
    </>
  )
}

type Step<S extends ImportRun['step']> = Extract<ImportRun, { step: S }>

function Going({ run, stop }: Readonly<{ run: Step<'going'>; stop: () => void }>) {
  const { progress, stopping } = run
  const { file, files, name, records } = progress
  return (
    <section className="import-going">
      <ProgressLine
        value={file - 1}
        max={files}
        label={
          <Trans>
            File {file} of {files}: <bdi>{name}</bdi>. Records so far: {records}
          </Trans>
        }
      />
      <Button variant="outline" pending={stopping} onClick={stop}>
        {stopping ? <Trans>Stopping after this part</Trans> : <Trans>Stop</Trans>}
      </Button>
      <p className="import-note">
        <Trans>You can stop at any time. What was taken in stays, and nothing is left half.</Trans>
      </p>
    </section>
  )
}

function Failed({ run }: { run: Step<'failed'> }) {
  const { t } = useLingui()
  const titles: Readonly<Record<typeof run.why, string>> = {
    connection: t`The connection was lost`,
    'signed-out': t`You have been signed out`,
    forbidden: t`Your role does not bring records in`,
    broken: t`Something went wrong on our side`,
  }
  return (
    <Notice tone="danger" title={titles[run.why]}>
      <p>
        <Trans>
          Records so far: {run.records}. They stay. Bring in the same files again to go on: what is
          here already is left unchanged.
        </Trans>
      </p>
    </Notice>
  )
}
