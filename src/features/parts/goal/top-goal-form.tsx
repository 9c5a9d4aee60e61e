import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { putFirst } from '#client/queries/goals/goal-answers.ts'
import { openGoals } from '#domain/plan/house/house.ts'
import { SaveOrCancel } from '#features/parts/saving/save-or-cancel.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { type GoalReader, speakersFor } from './goal-reader.ts'

/** What comes first for the reader: one of the goals, or something else in their own words. */
export function TopGoalForm({ reader }: { reader: GoalReader }) {
  // what was chosen or typed before a reload is there to be seen
  const [, , , isDraft] = useDraft<unknown>(draftOf(reader), undefined)
  const [open, setOpen] = useState(isDraft)
  if (open) return <Form reader={reader} onDone={() => setOpen(false)} />
  return (
    <Button variant="outline" onClick={() => setOpen(true)}>
      {reader.me.voice === 'person' ? (
        <Trans>Say what comes first for me</Trans>
      ) : (
        <Trans>Say what you put first</Trans>
      )}
    </Button>
  )
}

const other = 'other'
const draftOf = ({ house }: GoalReader) => `top-goal:${house.person}`
type Answer = Readonly<{ whose: string; goal: string; words: string }>

function Form({ reader, onDone }: { reader: GoalReader; onDone: () => void }) {
  const { t } = useLingui()
  const { house, me } = reader
  const [id] = useState(() => crypto.randomUUID())
  const saving = useSaveState()
  const [tried, setTried] = useState(false)
  const empty: Answer = { whose: me.reference, goal: '', words: '' }
  const [answer, setAnswer, clear] = useDraft<Answer>(draftOf(reader), empty)
  const { whose, goal, words } = answer
  const speakers = speakersFor(reader)
  const needsWords = goal === other && words.trim() === ''
  const send = async () => {
    setTried(true)
    const by = speakers.find(({ reference }) => reference === whose)
    if (!by || goal === '' || needsWords) return
    const chosen = goal === other ? { words: words.trim() } : { goal, words: '' }
    const done = await saving.run(() => putFirst({ id, person: house.person, by, ...chosen }))
    if (!done) return
    clear()
    onDone()
  }
  return (
    <div className="goal-form">
      {speakers.length > 1 ? (
        <SelectField
          label={t`Whose choice is it?`}
          hint={t`If you write down what ${house.givenName} says, you are named, and you will know the answer.`}
          value={whose}
          onChange={(reference) => setAnswer({ ...answer, whose: reference })}
          options={speakers.map((who) => ({ value: who.reference, label: who.name }))}
        />
      ) : null}
      <Radios
        legend={t`What comes first?`}
        hint={t`The others do not see your choice until they have chosen.`}
        name={`top-goal-${house.person}`}
        value={goal}
        onChange={(chosen) => setAnswer({ ...answer, goal: chosen })}
        error={tried && goal === '' ? t`Choose one` : undefined}
        options={[
          ...openGoals(house).map((each) => ({ value: each.id, label: each.words })),
          { value: other, label: t`Something else` },
        ]}
      />
      {goal === other ? (
        <TextArea
          label={t`What comes first?`}
          rows={2}
          maxLength={500}
          value={words}
          onChange={(text) => setAnswer({ ...answer, words: text })}
          error={tried && needsWords ? t`Enter a few words` : undefined}
        />
      ) : null}
      <SaveOrCancel
        saving={saving}
        onSave={() => void send()}
        onCancel={() => {
          clear()
          onDone()
        }}
      />
    </div>
  )
}
