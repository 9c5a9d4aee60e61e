import { Trans, useLingui } from '@lingui/react/macro'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { acceptConsent, declineConsent } from '#client/queries/consent/give-consent.ts'
import type { Share, WaitingShare } from '#domain/consent/shares.ts'
import { NotSaved } from '#features/patient-portal/not-saved.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Button } from '#ui/layout/button.tsx'
import { CanWriteLabel } from './can-write-label.tsx'
import { ShareUntil } from './share-until.tsx'
import { useSharedRoomLabels } from './shared-room-labels.ts'
import { WrittenDownBy } from './written-down-by.tsx'

type Props = Readonly<{
  waiting: readonly WaitingShare[]
  writers: ReadonlyMap<string, string>
  person: string
}>

/** What somebody wrote down for the person: it gives no access until the person agrees. */
export function WaitingShares({ waiting, writers, person }: Props) {
  if (waiting.length === 0) return null
  return (
    <section aria-labelledby="shares-waiting">
      <h2 id="shares-waiting">
        <Trans>Is this what you want to share?</Trans>
      </h2>
      <p>
        <Trans>None of this is shared yet. Sharing starts when you say yes.</Trans>
      </p>
      <ul>
        {waiting.map((one) => (
          <OneWaiting key={one.id} {...{ one, writers, person }} />
        ))}
      </ul>
    </section>
  )
}

type OneProps = Readonly<{
  one: WaitingShare
  writers: ReadonlyMap<string, string>
  person: string
}>

function OneWaiting({ one, writers, person }: OneProps) {
  const { t } = useLingui()
  const words = useSharedRoomLabels()
  const saving = useSaveState()
  const nameOf = (share: Share) => share.name || t`Someone whose name is not recorded`
  const said = async (answer: Promise<void>, thanks: string) => {
    if (await saving.run(() => answer)) toast(thanks)
  }
  return (
    <li>
      {one.shares.map((share) => (
        <div key={share.reference} className="who-looked-share">
          <p>
            <Trans>
              <strong>{nameOf(share)}</strong> would see:
            </Trans>{' '}
            {share.read.map((room) => words[room]).join(', ')}.
          </p>
          <CanWriteLabel {...{ share, words }} name={nameOf(share)} />
          <ShareUntil until={share.until} />
        </div>
      ))}
      <WrittenDownBy by={one.writtenBy} writers={writers} />
      <NotSaved problem={saving.problem} />
      <Button
        pending={saving.pending}
        onClick={() => void said(acceptConsent(person, one), t`Saved. This is shared now.`)}
      >
        <Trans>Yes, share this</Trans>
      </Button>
      <Button
        variant="outline"
        pending={saving.pending}
        onClick={() => void said(declineConsent(one), t`Saved. None of this is shared.`)}
      >
        <Trans>No, do not share this</Trans>
      </Button>
    </li>
  )
}
