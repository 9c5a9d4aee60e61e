import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { notNow, takeOnPatient, undoCase } from '#client/queries/care-plan/case.ts'
import { useSession } from '#client/session/session.ts'
import { isStaff } from '#domain/access/actor.ts'
import type { FoundPerson } from '#domain/case/find-people.ts'
import { toast } from '#ui/feedback/toasts.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Dialog } from '#ui/layout/dialog.tsx'

const takenOn = ['active', 'onhold']

type Somebody = Pick<
  FoundPerson,
  'id' | 'family' | 'given' | 'caseStatus' | 'coordinator' | 'notNow' | 'noCase'
>

/** Take on, or not now with a reason, by professionals only. Both can be undone. */
export function CaseDecision({ person }: { person: Somebody }) {
  const isProfessional = useSession(({ actor }) => actor !== undefined && isStaff(actor))
  if (takenOn.includes(person.caseStatus ?? ''))
    return (
      <p className="find__decision find__meta">
        {person.coordinator ? (
          <Trans>With {person.coordinator}</Trans>
        ) : (
          <Trans>On a caseload</Trans>
        )}
      </p>
    )
  if (person.noCase)
    return (
      <p className="find__decision find__meta">
        <Trans>Said no to case management</Trans>
      </p>
    )
  return isProfessional ? <Decide person={person} /> : null
}

function Decide({ person }: { person: Somebody }) {
  const { t } = useLingui()
  const [asking, setAsking] = useState(false)
  const name = [person.given, person.family].filter(Boolean).join(' ')
  const sayDone = (text: ReactNode, caseId: string) => toast(text, () => undoCase(caseId))
  const taking = useMutation({
    mutationFn: () => takeOnPatient(person.id),
    onSuccess: ({ caseId }) => sayDone(t`${name} is on your caseload.`, caseId),
    onError: () => toast(t`${name} was not taken on. Someone else may have been first. Try again.`),
  })
  return (
    <div className="find__decision">
      {person.notNow && <p className="find__meta">{t`Not now: ${person.notNow}`}</p>}
      <Button
        variant="outline"
        pending={taking.isPending}
        aria-label={t`Take on ${name}`}
        onClick={() => taking.mutate()}
      >
        <Trans>Take on</Trans>
      </Button>
      {person.caseStatus !== 'cancelled' && (
        <Button variant="link" aria-label={t`Not now: ${name}`} onClick={() => setAsking(true)}>
          <Trans>Not now</Trans>
        </Button>
      )}
      {asking && (
        <NotNowDialog
          {...{ person, name }}
          onClose={() => setAsking(false)}
          onDone={(caseId) => sayDone(t`Not now, with your reason, for ${name}.`, caseId)}
        />
      )}
    </div>
  )
}

type DialogProps = Readonly<{
  person: Somebody
  name: string
  onClose: () => void
  onDone: (caseId: string) => void
}>

function NotNowDialog({ person, name, onClose, onDone }: DialogProps) {
  const { t } = useLingui()
  const [reason, setReason] = useState('')
  const [error, setError] = useState('')
  const saving = useMutation({
    mutationFn: () => notNow(person.id, reason.trim()),
    onSuccess: ({ caseId }) => {
      onDone(caseId)
      onClose()
    },
    onError: () => setError(t`This was not saved. What you wrote is still here. Try again.`),
  })
  const save = () => (reason.trim() ? saving.mutate() : setError(t`Enter a reason`))
  return (
    <Dialog
      open
      title={t`Not now: ${name}`}
      onClose={onClose}
      actions={
        <>
          <Button pending={saving.isPending} onClick={save}>
            <Trans>Save</Trans>
          </Button>
          <Button variant="link" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
        </>
      }
    >
      <TextArea
        label={t`Why not now?`}
        hint={t`Colleagues see this. The person stays on the list to look at again.`}
        value={reason}
        onChange={setReason}
        {...(error ? { error } : {})}
      />
    </Dialog>
  )
}
