import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useCancellableTask } from '#client/forms/use-cancellable-task.ts'
import { saveFullCopy } from '#client/queries/admin/exports-and-backups.ts'
import { useSession } from '#client/session/session.ts'
import { isStaff } from '#domain/access/actor.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'

/** For a subject access request: everything this professional may see. The service gives it to nobody else. */
export function FullCopy({ person }: { person: string }) {
  const actor = useSession((session) => session.actor)
  return (
    <section aria-labelledby="full-copy">
      <h2 id="full-copy">
        <Trans>A full copy, for a request to see the whole record</Trans>
      </h2>
      {actor && isStaff(actor) ? (
        <FullCopyForm person={person} />
      ) : (
        <p>
          <Trans>
            Only a professional who cares for the person can make a full copy. Administrators cannot
            copy one person’s record: they back up the whole service.
          </Trans>
        </p>
      )}
    </section>
  )
}

function FullCopyForm({ person }: { person: string }) {
  const { t } = useLingui()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [bytes, setBytes] = useState(0)
  const { state, why, start } = useCancellableTask(() =>
    saveFullCopy(person, reason.trim(), setBytes),
  )
  const isMissing = tried && reason.trim() === ''
  const make = () => {
    setTried(true)
    setBytes(0)
    if (reason.trim()) start()
  }
  return (
    <CheckedForm onSubmit={make}>
      <p>
        <Trans>
          Everything you may see, with earlier versions and who looked, including notes between
          professionals, suggestions, risk scores, and what others said in confidence. Before you
          give it to anyone, check it with the person who decides on these requests. The audit log
          shows the person that you made it, and your reason.
        </Trans>
      </p>
      <TextArea
        label={t`Why a full copy is made`}
        hint={t`For example: asked in writing on 3 November for the whole record`}
        rows={2}
        value={reason}
        onChange={setReason}
        {...(isMissing ? { error: t`Enter why the copy is made` } : {})}
      />
      <Button type="submit" variant="outline" pending={state === 'going'}>
        {state === 'going' ? <Trans>Making the copy</Trans> : <Trans>Make the full copy</Trans>}
      </Button>
      <p role="status">{state === 'going' ? <Progress bytes={bytes} /> : null}</p>
      {state === 'done' && (
        <Notice tone="done" title={t`The full copy is saved on this device.`}>
          <Trans>
            It is one file and is not encrypted. Store it where only people who need it can read it.
          </Trans>
        </Notice>
      )}
      {state === 'failed' && (
        <Notice tone="warning" title={t`The copy could not be made`}>
          {why || <Trans>Nothing was saved. Check your internet connection and try again.</Trans>}
        </Notice>
      )}
    </CheckedForm>
  )
}

function Progress({ bytes }: { bytes: number }) {
  const { i18n } = useLingui()
  if (bytes === 0) return <Trans>Collecting the record. This may take a minute.</Trans>
  const size = i18n.number(bytes / 1_000_000, { maximumFractionDigits: 1 })
  return <Trans>{size} MB so far.</Trans>
}
