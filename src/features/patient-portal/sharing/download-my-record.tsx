import { Trans, useLingui } from '@lingui/react/macro'
import { useCancellableTask } from '#client/forms/use-cancellable-task.ts'
import { saveRecordCopy } from '#client/queries/admin/exports-and-backups.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { Button } from '#ui/layout/button.tsx'

/** Her own record to take along: a page to read, and files for another service. */
export function DownloadMyRecord({ person }: { person: string }) {
  const { t } = useLingui()
  const { state, start } = useCancellableTask(() => saveRecordCopy(person))
  return (
    <section aria-labelledby="take-copy">
      <h2 id="take-copy">
        <Trans>Take a copy of my record</Trans>
      </h2>
      <p>
        <Trans>
          You get one file with everything you can see here, earlier versions, and who has looked.
          Open the page called “record” in it to read it. Keep the file safe: it contains private
          information about you.
        </Trans>
      </p>
      <Button variant="outline" pending={state === 'going'} onClick={start}>
        {state === 'going' ? <Trans>Making the copy</Trans> : <Trans>Take a copy</Trans>}
      </Button>
      {state === 'done' && <Notice tone="done" title={t`Your copy is saved on this device.`} />}
      {state === 'failed' && (
        <Notice tone="warning" title={t`The copy could not be made. Please try again.`} />
      )}
    </section>
  )
}
