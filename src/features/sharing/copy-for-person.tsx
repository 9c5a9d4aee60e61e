import { Trans, useLingui } from '@lingui/react/macro'
import { useCancellableTask } from '#client/forms/use-cancellable-task.ts'
import { saveRecordCopy } from '#client/queries/admin/exports-and-backups.ts'
import { useSession } from '#client/session/session.ts'
import { isStaff } from '#domain/access/actor.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { Button } from '#ui/layout/button.tsx'

/**
 * For a person who asks for their record: the copy holds what they may see, no matter who makes it. The service gives it to
 * staff.
 */
export function CopyForPerson({ person }: { person: string }) {
  const { t } = useLingui()
  const actor = useSession((session) => session.actor)
  const { state, why, start } = useCancellableTask(() => saveRecordCopy(person))
  if (!actor || !isStaff(actor)) return null
  return (
    <section aria-labelledby="copy-for-person">
      <h2 id="copy-for-person">
        <Trans>A copy for the person</Trans>
      </h2>
      <p>
        <Trans>
          Everything the person may see, earlier versions, and who looked. It does not include notes
          between professionals. The audit log shows that you made it.
        </Trans>
      </p>
      <Button variant="outline" pending={state === 'going'} onClick={start}>
        {state === 'going' ? <Trans>Making the copy</Trans> : <Trans>Make a copy</Trans>}
      </Button>
      {state === 'done' && <Notice tone="done" title={t`The copy is saved on this device.`} />}
      {state === 'failed' && (
        <Notice tone="warning" title={t`The copy could not be made`}>
          {why}
        </Notice>
      )}
    </section>
  )
}
