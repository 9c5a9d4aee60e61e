import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useId, useState } from 'react'
import {
  type CancellableTaskState,
  useCancellableTask,
} from '#client/forms/use-cancellable-task.ts'
import {
  type RestoreProgress,
  type RestoreResult,
  type Restoring,
  uploadRestore,
} from '#client/queries/admin/exports-and-backups.ts'
import { isRemote } from '#client/session/session.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { ProgressLine } from '#ui/feedback/progress-line.tsx'
import { FieldError } from '#ui/forms/field.tsx'
import { focusFirstError } from '#ui/forms/focus-first-error.ts'
import { Radios } from '#ui/forms/radios.tsx'
import { Button } from '#ui/layout/button.tsx'
import { ConfirmReplace } from './confirm-replace.tsx'
import { LeaveGuard } from './leave-guard.tsx'

/** A backup from this device is added to the records here or, for a browser’s own records, replaces them. */
export function RestoreBackup() {
  const id = useId()
  const [file, setFile] = useState<File>()
  const [how, setHow] = useState<Restoring>('merge')
  const [asking, setAsking] = useState(false)
  const [tried, setTried] = useState(false)
  const [brought, setBrought] = useState<RestoreResult>()
  const work = useCancellableTask<RestoreProgress>(async (watch) => {
    if (file) setBrought(await uploadRestore(file, how, watch))
  })
  const isGoing = work.state === 'going'
  const begin = (section: HTMLElement | null) => {
    setTried(true)
    if (!file) return focusFirstError(section)
    if (how === 'replace') setAsking(true)
    else work.start()
  }
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        <Trans>Restore a backup</Trans>
      </h2>
      <p>
        <Trans>
          The whole file is checked first. Then everything in it is restored, or nothing is.
        </Trans>
      </p>
      <BackupField id={id} isGoing={isGoing} isMissing={tried && !file} onChoose={setFile} />
      {!isRemote() && <HowToBring how={how} onChoose={setHow} />}
      {isGoing ? (
        <Going progress={work.progress} stop={work.stop} />
      ) : (
        <Button
          variant={how === 'replace' ? 'danger' : 'outline'}
          onClick={({ currentTarget }) => begin(currentTarget.closest('section'))}
        >
          {how === 'replace' ? <Trans>Replace everything</Trans> : <Trans>Restore</Trans>}
        </Button>
      )}
      <ConfirmReplace
        open={asking}
        file={file?.name ?? ''}
        onClose={() => setAsking(false)}
        onYes={() => {
          setAsking(false)
          work.start()
        }}
      />
      <LeaveGuard going={isGoing} />
      <HowItEnded {...work} {...{ how, brought }} />
    </section>
  )
}

function BackupField(
  props: Readonly<{
    id: string
    isGoing: boolean
    isMissing: boolean
    onChoose: (file: File | undefined) => void
  }>,
) {
  const { id, isGoing, isMissing, onChoose } = props
  return (
    <p>
      <label htmlFor={id} className="backup-label">
        <Trans>A backup of Gable (.tar)</Trans>
      </label>
      <FieldError id={id} error={isMissing ? <Trans>Choose the backup first</Trans> : undefined} />
      <input
        id={id}
        type="file"
        accept=".tar,application/x-tar"
        aria-describedby={isMissing ? `${id}-error` : undefined}
        aria-invalid={isMissing || undefined}
        disabled={isGoing}
        onChange={({ target }) => onChoose(target.files?.[0])}
      />
    </p>
  )
}

type Ended = Readonly<{
  state: CancellableTaskState
  why: string
  isRefused: boolean
  how: Restoring
  brought: RestoreResult | undefined
}>

function HowItEnded({ state, why, isRefused, how, brought }: Ended) {
  const { t } = useLingui()
  if (state === 'done' && brought) return <Brought {...brought} />
  if (state === 'stopped') return <Notice tone="info" title={t`Stopped: nothing was changed`} />
  if (state !== 'failed') return null
  return isRefused ? (
    <Notice tone="danger" title={t`Nothing was changed`}>
      {why}
    </Notice>
  ) : (
    <Notice tone="danger" title={t`We do not know if the restore finished`}>
      {how === 'merge' ? (
        <Trans>
          We lost the connection before the answer came. Restore the file again: records that are
          already here stay as they are.
        </Trans>
      ) : (
        <Trans>
          We lost the connection before the answer came. Either everything was restored or nothing
          changed: check the records.
        </Trans>
      )}
    </Notice>
  )
}

function HowToBring({
  how,
  onChoose,
}: Readonly<{ how: Restoring; onChoose: (how: Restoring) => void }>) {
  const { t } = useLingui()
  return (
    <Radios
      legend={t`What should happen to the records that are here now?`}
      name="how-to-bring"
      value={how}
      onChange={(value) => onChoose(value === 'replace' ? 'replace' : 'merge')}
      options={[
        {
          value: 'merge',
          label: t`Keep them`,
          hint: t`Only records that are not here yet are added.`,
        },
        {
          value: 'replace',
          label: t`Replace them with the backup`,
          hint: t`This browser will hold exactly what is in the backup.`,
        },
      ]}
    />
  )
}

/** Stop is offered while the file is read: once records are written, the end comes sooner than a stop. */
function Going({
  progress,
  stop,
}: Readonly<{ progress: RestoreProgress | undefined; stop: () => void }>) {
  const { i18n } = useLingui()
  if (!progress)
    return (
      <p role="status">
        <Trans>Checking the file</Trans>
      </p>
    )
  const { step } = progress
  const [done, of] = [i18n.number(progress.done), i18n.number(progress.of)]
  return (
    <>
      <ProgressLine
        value={progress.done}
        max={progress.of}
        label={
          step === 'read' ? (
            <Trans>
              Read: {done} of {of} lines
            </Trans>
          ) : (
            <Trans>
              Restored: {done} of {of} records
            </Trans>
          )
        }
      />
      {step === 'read' && (
        <Button variant="outline" onClick={stop}>
          <Trans>Stop</Trans>
        </Button>
      )}
    </>
  )
}

function Brought({ records, kept, sum }: RestoreResult) {
  const { t } = useLingui()
  return (
    <Notice tone="done" title={t`The backup is restored`}>
      <p>
        <Plural value={records} one="One record restored." other="# records restored." />{' '}
        {kept > 0 && (
          <Plural
            value={kept}
            one="One record was already here and was not changed."
            other="# records were already here and were not changed."
          />
        )}
      </p>
      <p>
        <Trans>Checksum of this backup:</Trans>{' '}
        <code className="backup-head">
          <bdi>{sum}</bdi>
        </code>
      </p>
    </Notice>
  )
}
