import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { giveConsent } from '#client/queries/consent/give-consent.ts'
import { sharedAccessLabels } from '#domain/access/labels/access-label.ts'
import type { ConsentGiven } from '#domain/consent/consent-fhir.ts'
import type { Share } from '#domain/consent/shares.ts'
import { ConfirmAction } from '#features/parts/confirm-action.tsx'
import { NotSaved } from '#features/patient-portal/not-saved.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { isUnfinished } from '#ui/forms/date-parts.ts'
import { focusFirstError } from '#ui/forms/focus-first-error.ts'
import { Button } from '#ui/layout/button.tsx'
import { useSharedRoomLabels } from './shared-room-labels.ts'

type Props = Readonly<{ share: Share; person: string; onDone: () => void }>

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
  const isOver = given.until !== '' && given.until < clockToday()
  const options = sharedAccessLabels.map((room) => ({ value: room, label: words[room] }))
  // of the clinical record family writes readings alone, and how worried they are
  const writing = options.map((each) =>
    each.value === 'record' ? { ...each, label: t`readings, such as your weight` } : each,
  )
  const give = async (next: ConsentGiven) => {
    await giveConsent(next)
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
        options={options}
        onChange={(values) => setGiven({ ...given, read: asRooms(values) })}
      />
      {given.read.length > 0 ? (
        <Checkboxes
          legend={t`Where may ${share.name} write as well?`}
          name={`write-${share.id}`}
          values={given.write.filter((room) => given.read.includes(room))}
          options={writing.filter(({ value }) => given.read.includes(value))}
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
            : void saving.run(() => give(given))
        }
      >
        <Trans>Save</Trans>
      </Button>
      {share.read.length > 0 ? (
        <ConfirmAction
          verb={<Trans>Stop sharing everything</Trans>}
          variant="danger"
          title={<Trans>Stop sharing with {share.name}?</Trans>}
          yes={<Trans>Yes, stop now</Trans>}
          no={<Trans>No, keep it</Trans>}
          isFinal
          run={() => give({ ...given, read: [], write: [] })}
          failed={<Trans>Nothing has changed yet</Trans>}
        >
          <p>
            <Trans>{share.name} will not be able to see any of your plan from now on.</Trans>
          </p>
        </ConfirmAction>
      ) : null}
      <Button variant="link" onClick={onDone}>
        <Trans>Go back</Trans>
      </Button>
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
