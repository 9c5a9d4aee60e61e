import { Trans, useLingui } from '@lingui/react/macro'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { withdrawChange } from '#client/queries/suggestion/suggested-changes.ts'
import { type SentenceNow, sentenceNow } from '#domain/suggestion/sentence-now.ts'
import { changesBeside, type SuggestedChange } from '#domain/suggestion/suggested-change.ts'
import { ChangeOutcome } from '#features/parts/suggestions/change-outcome.tsx'
import { useSuggestChange } from '#features/parts/suggestions/use-suggest-change.ts'
import { DayText } from '#features/patient-portal/day-text.tsx'
import { NotSaved } from '#features/patient-portal/not-saved.tsx'
import type { MyHouse } from '#features/patient-portal/use-my-house.ts'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { OwnText } from '#ui/text/own-text.tsx'

type Beside = Readonly<{ mine: MyHouse; record: string; place: string }>

/** Words that the reader may not change: they can suggest other words, and see what waits and what was said to it. */
export function MySuggestChange({ mine, record, place }: Beside) {
  const { house, me } = mine
  const now = sentenceNow(house, record, place)
  if (!now || now.words === '') return null
  const all = changesBeside(house.suggestedChanges, record, place)
  const isMine = now.owner?.reference === me.reference
  const shown = all.filter(({ by }) => isMine || by.reference === me.reference)
  const waiting = all.filter(({ state }) => state === 'waiting')
  return (
    <>
      {waiting
        .filter(({ by }) => by.reference === me.reference || !isMine)
        .map((change) => (
          <Waits key={change.id} mine={mine} change={change} now={now} />
        ))}
      {isMine || house.died ? null : <SuggestForm mine={mine} at={{ record, place, now }} />}
      {shown
        .filter(({ state }) => state === 'taken' || state === 'declined')
        .map((change) => (
          <div key={change.id} className="gable-suggestion">
            <ChangeOutcome
              change={change}
              when={<DayText at={change.decision?.at ?? change.at} />}
            />
          </div>
        ))}
    </>
  )
}

function Waits({
  mine,
  change,
  now,
}: {
  mine: MyHouse
  change: SuggestedChange
  now: SentenceNow
}) {
  const saving = useSaveState()
  const isMine = change.by.reference === mine.me.reference
  return (
    <div className="gable-suggestion">
      <p className="my-small">
        {isMine ? <Trans>You suggested</Trans> : <Trans>{change.by.name} suggests</Trans>}
      </p>
      <p>
        <OwnText>{change.words}</OwnText>
      </p>
      <p className="my-small">
        <Trans>This waits for {now.owner?.name}.</Trans>
      </p>
      <NotSaved problem={saving.problem} />
      {isMine ? (
        <Button
          variant="outline"
          pending={saving.pending}
          onClick={() => void saving.run(() => withdrawChange(change))}
        >
          <Trans>Take my suggestion back</Trans>
        </Button>
      ) : null}
    </div>
  )
}

type At = Readonly<{ record: string; place: string; now: SentenceNow }>

function SuggestForm({ mine, at }: { mine: MyHouse; at: At }) {
  const { t } = useLingui()
  const suggesting = useSuggestChange({ person: mine.house.person, ...at })
  const { draft, isOpen, isMissing, saving } = suggesting
  if (!isOpen)
    return (
      <Button
        variant="link"
        onClick={suggesting.begin}
        aria-label={t`Suggest a change: ${at.now.words}`}
      >
        <Trans>Suggest a change</Trans>
      </Button>
    )
  return (
    <CheckedForm className="my-answer" onSubmit={async () => void (await suggesting.send())}>
      <TextArea
        label={t`What should it say?`}
        rows={3}
        value={draft.words}
        onChange={(words) => suggesting.change({ words })}
        error={isMissing ? t`Change the words` : undefined}
      />
      <TextArea
        label={t`Why? You can leave this empty.`}
        rows={2}
        value={draft.why}
        onChange={(why) => suggesting.change({ why })}
      />
      <NotSaved problem={saving.problem} />
      <Button type="submit" pending={saving.pending}>
        <Trans>Send this</Trans>
      </Button>
      <Button variant="outline" onClick={suggesting.leave}>
        <Trans>Go back</Trans>
      </Button>
    </CheckedForm>
  )
}
