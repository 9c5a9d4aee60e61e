import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { useKeptId } from '#client/forms/use-kept-id.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { stepDownCase, stepUpCase } from '#client/queries/care-plan/review.ts'
import { addDays } from '#domain/calendar/days.ts'
import type { Case } from '#domain/case/case.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { ReasonButton } from '#features/parts/reason-button.tsx'
import { SaveNote } from '#features/parts/save-note.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'

type LevelProps = Readonly<{ found: Case; house: HouseRecord }>

/** A lighter level of care: the case stays open and is watched, and the team looks again on a day. */
export function LighterLevel({ found, house }: LevelProps) {
  return found.stepDown ? (
    <SteppedDown found={found} />
  ) : (
    <StepDownForm found={found} house={house} />
  )
}

/** Our own suggestion: a review cycle of case management. */
const daysUntilLook = 90

function StepDownForm({ found, house }: LevelProps) {
  const { t } = useLingui()
  const suggested = { bringsBack: '', lookAgain: addDays(clockToday(), daysUntilLook) }
  const [typed, setTyped, forget] = useDraft(`step-down-${found.id}-more`, suggested)
  const { bringsBack, lookAgain } = typed
  const [tried, setTried] = useState(false)
  const [task] = useKeptId()
  const isAhead = lookAgain > clockToday()
  return (
    <>
      <p>
        <Trans>
          Does {house.givenName} need less than before? On a lighter level the case stays open, and
          readings and promises are watched.
        </Trans>
      </p>
      <ReasonButton
        draft={`step-down-${found.id}`}
        verb={<Trans>Step down to a lighter level</Trans>}
        title={<Trans>A lighter level for {house.givenName}?</Trans>}
        label={t`Why, and what was agreed with the person`}
        ready={bringsBack.trim() !== '' && isAhead}
        onTry={() => setTried(true)}
        run={(why) => stepDownCase(found, { why, bringsBack, lookAgain, task, name: house.name })}
        done={() => {
          forget()
          toast(<Trans>The case is on a lighter level.</Trans>)
        }}
      >
        <TextArea
          label={t`What brings them back to the usual level`}
          hint={t`For example: a fall, a stay in hospital, or if they ask`}
          value={bringsBack}
          onChange={(next) => setTyped({ ...typed, bringsBack: next })}
          maxLength={2000}
          error={tried && bringsBack.trim() === '' ? t`Say what brings them back` : undefined}
        />
        <DateField
          label={t`The team looks again on`}
          value={lookAgain}
          onChange={(next) => setTyped({ ...typed, lookAgain: next })}
          error={tried && !isAhead ? t`Choose a day after today` : undefined}
        />
      </ReasonButton>
    </>
  )
}

function SteppedDown({ found }: Pick<LevelProps, 'found'>) {
  const saving = useSaveState()
  const { stepDown } = found
  if (!stepDown) return null
  const { why, bringsBack, lookAgain, since } = stepDown
  return (
    <>
      <h3>
        <Trans>On a lighter level</Trans>
      </h3>
      <p className="gable-meta">
        <Trans>
          Since <DateText date={since} />. The team looks again on <DateText date={lookAgain} />.
        </Trans>
      </p>
      <blockquote className="case-reason">{why}</blockquote>
      <p>
        <Trans>What brings them back:</Trans> {bringsBack}
      </p>
      <Button
        variant="outline"
        pending={saving.pending}
        onClick={() =>
          void saving.run(async () => {
            await stepUpCase(found)
            toast(<Trans>The case is on its usual level again.</Trans>)
          })
        }
      >
        <Trans>Back to the usual level</Trans>
      </Button>
      <SaveNote saving={saving} />
    </>
  )
}
