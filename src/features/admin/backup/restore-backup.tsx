import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useId, useState } from 'react'
import { type Saving, useSaving } from '#client/forms/use-cancellable-task.ts'
import {
  type BringingBack,
  type BringingProgress,
  type BroughtBack,
  bringBackupBack,
} from '#client/queries/admin/exports-and-backups.ts'
import { isRemote } from '#client/session/session.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { ProgressLine } from '#ui/feedback/progress-line.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { Button } from '#ui/layout/button.tsx'
import { AskToReplace } from './confirm-replace.tsx'
import { StayWhile } from './leave-guard.tsx'

/** A backup chosen from this device is added to what is here or, in a browser’s own records, takes its place. */
export function BringBack() {
  const id = useId()
  const [file, setFile] = useState<File>()
  const [how, setHow] = useState<BringingBack>('merge')
  const [asking, setAsking] = useState(false)
  const [brought, setBrought] = useState<BroughtBack>()
  const work = useSaving<BringingProgress>(async (watch) => {
    if (file) setBrought(await bringBackupBack(file, how, watch))
  })
  const isGoing = work.state === 'going'
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        <Trans>Bring a backup in</Trans>
      </h2>
      <p>
        <Trans>
          The file is checked to its last byte first. Then all of it is brought in, or nothing.
        </Trans>
      </p>
      <p>
        <label htmlFor={id} className="backup-label">
          <Trans>A backup of Gable (.tar)</Trans>
        </label>
        <input
          id={id}
          type="file"
          accept=".tar,application/x-tar"
          disabled={isGoing}
          onChange={({ target }) => setFile(target.files?.[0])}
        />
      </p>
      {!isRemote() && <HowToBring how={how} onChoose={setHow} />}
      {isGoing ? (
        <Going progress={work.progress} stop={work.stop} />
      ) : (
        <Button
          variant={how === 'replace' ? 'danger' : 'outline'}
          disabled={!file}
          onClick={how === 'replace' ? () => setAsking(true) : work.start}
        >
          {how === 'replace' ? <Trans>Replace everything</Trans> : <Trans>Bring it in</Trans>}
        </Button>
      )}
      <AskToReplace
        open={asking}
        file={file?.name ?? ''}
        onClose={() => setAsking(false)}
        onYes={() => {
          setAsking(false)
          work.start()
        }}
      />
      <StayWhile going={isGoing} />
      <HowItEnded {...work} {...{ how, brought }} />
    </section>
  )
}

type Ended = Readonly<{
  state: Saving
  why: string
  isRefused: boolean
  how: BringingBack
  brought: BroughtBack | undefined
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
    <Notice tone="danger" title={t`It is not known whether it came in`}>
      {how === 'merge' ? (
        <Trans>
          The answer was lost. Bring it in once more: what is here already stays as it is.
        </Trans>
      ) : (
        <Trans>
          The answer was lost. All of it is in, or everything is as it was: look at the records.
        </Trans>
      )}
    </Notice>
  )
}

function HowToBring({
  how,
  onChoose,
}: Readonly<{ how: BringingBack; onChoose: (how: BringingBack) => void }>) {
  const { t } = useLingui()
  return (
    <Radios
      legend={t`What happens to the records that are here?`}
      name="how-to-bring"
      value={how}
      onChange={(value) => onChoose(value === 'replace' ? 'replace' : 'merge')}
      options={[
        { value: 'merge', label: t`They stay`, hint: t`What is not here is added.` },
        {
          value: 'replace',
          label: t`They give way to the backup`,
          hint: t`Everything in this browser becomes exactly what the backup holds.`,
        },
      ]}
    />
  )
}

/** Stopping is offered while it is read: once records are written, the end comes sooner than a stop. */
function Going({
  progress,
  stop,
}: Readonly<{ progress: BringingProgress | undefined; stop: () => void }>) {
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
              Brought in: {done} of {of} records
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

function Brought({ records, kept, sum }: BroughtBack) {
  const { t } = useLingui()
  return (
    <Notice tone="done" title={t`The backup is in`}>
      <p>
        <Plural value={records} one="One record brought in." other="# records brought in." />{' '}
        {kept > 0 && (
          <Plural
            value={kept}
            one="One was here already, and was left as it is."
            other="# were here already, and were left as they are."
          />
        )}
      </p>
      <p>
        <Trans>The sum of this backup:</Trans>{' '}
        <code className="backup-head">
          <bdi>{sum}</bdi>
        </code>
      </p>
    </Notice>
  )
}
