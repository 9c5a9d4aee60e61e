import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { giveConsent } from '#client/queries/consent/give-consent.ts'
import { type AccessLabel, sharedAccessLabels } from '#domain/access/labels/access-label.ts'
import type { ConsentGiven } from '#domain/consent/consent-fhir.ts'
import type { Share } from '#domain/consent/shares.ts'
import { NotSaved } from '#features/patient-portal/not-saved.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { isUnfinished } from '#ui/forms/date-parts.ts'
import { focusFirstError } from '#ui/forms/focus-first-error.ts'
import { Button } from '#ui/layout/button.tsx'
import { Dialog } from '#ui/layout/dialog.tsx'
import { useSharedRoomLabels } from './shared-room-labels.ts'

type Props = Readonly<{ share: Share; person: string; onDone: () => void }>

/** The clinical record can be read, but never written, by family. */
const writable: readonly AccessLabel[] = sharedAccessLabels.filter((room) => room !== 'record')
const asRooms = (values: readonly string[]) =>
  sharedAccessLabels.filter((room) => values.includes(room))

/** What one person close may see and write, and until when; stopping it is one press and a question. */
export function ShareForm({ share, person, onDone }: Props) {
  const { t } = useLingui()
  const words = useSharedRoomLabels()
  const saving = useSaveState()
  const before: ConsentGiven = {
    ...{ person, relative: share.id, read: share.read, write: share.write },
    until: share.until ?? '',
  }
  const [given, setGiven] = useState(before)
  const [asking, setAsking] = useState(false)
  const isOver = given.until !== '' && given.until < clockToday()
  const options = (rooms: readonly AccessLabel[]) =>
    rooms.map((room) => ({ value: room, label: words[room] }))
  const save = async (next: ConsentGiven) => {
    if (!(await saving.run(() => giveConsent(next)))) return
    setAsking(false)
    onDone()
    toast(<Said given={next} name={share.name} />, () => giveConsent(before))
  }
  return (
    <div className="share-form">
      <Checkboxes
        legend={t`What may ${share.name} see?`}
        hint={t`You can choose each of these separately. Anything you choose is shared with your name.`}
        name={`see-${share.id}`}
        values={given.read}
        options={options(sharedAccessLabels)}
        onChange={(values) => setGiven({ ...given, read: asRooms(values) })}
      />
      {given.read.length > 0 ? (
        <Checkboxes
          legend={t`Where may ${share.name} write as well?`}
          name={`write-${share.id}`}
          values={given.write.filter((room) => given.read.includes(room))}
          options={options(writable.filter((room) => given.read.includes(room)))}
          onChange={(values) => setGiven({ ...given, write: asRooms(values) })}
        />
      ) : null}
      <DateField
        label={t`Until which date?`}
        hint={t`Leave this empty for no end date. You can stop sharing at any time.`}
        value={given.until}
        onChange={(until) => setGiven({ ...given, until })}
        error={isOver ? t`This date is in the past` : undefined}
      />
      <NotSaved problem={saving.problem} />
      <Button
        pending={saving.pending}
        onClick={({ currentTarget }) =>
          isOver || isUnfinished(given.until)
            ? focusFirstError(currentTarget.closest('.share-form'))
            : void save(given)
        }
      >
        <Trans>Save</Trans>
      </Button>
      {share.read.length > 0 ? (
        <Button variant="danger" onClick={() => setAsking(true)}>
          <Trans>Stop sharing everything</Trans>
        </Button>
      ) : null}
      <Button variant="link" onClick={onDone}>
        <Trans>Go back</Trans>
      </Button>
      <Dialog
        title={<Trans>Stop sharing with {share.name}?</Trans>}
        open={asking}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button
              variant="danger"
              pending={saving.pending}
              onClick={() => void save({ ...given, read: [], write: [] })}
            >
              <Trans>Yes, stop now</Trans>
            </Button>
            <Button variant="link" onClick={() => setAsking(false)}>
              <Trans>No, keep it</Trans>
            </Button>
          </>
        }
      >
        <p>
          <Trans>{share.name} will not be able to see any of your plan from now on.</Trans>
        </p>
      </Dialog>
    </div>
  )
}

function Said({ given, name }: Readonly<{ given: ConsentGiven; name: string }>) {
  return given.read.length > 0 ? (
    <Trans>Saved. {name} can see what you chose.</Trans>
  ) : (
    <Trans>{name} cannot see anything any more.</Trans>
  )
}
