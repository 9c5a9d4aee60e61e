import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { scoreOnLevels } from '#client/queries/goals/goal-answers.ts'
import type { Goal } from '#domain/goal/goal.ts'
import { attainmentLevels, isAttainmentLevel } from '#domain/goal/said/attainment.ts'
import { SaveOrCancel } from '#features/parts/saving/save-or-cancel.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { levelNumber } from './attainment-ladder.tsx'
import { type GoalReader, speakersFor } from './goal-reader.ts'

type FormProps = Readonly<{ reader: GoalReader; goal: Goal; levels: readonly string[] }>

/** Where do you see the person now: the words of the five levels, the number second. */
export function ScoreForm(props: FormProps) {
  // what was chosen before a reload is there to be seen
  const [, , , isDraft] = useDraft<unknown>(draftOf(props.goal), undefined)
  const [open, setOpen] = useState(isDraft)
  const { me, house } = props.reader
  if (open) return <Form {...props} onDone={() => setOpen(false)} />
  return (
    <Button variant="outline" onClick={() => setOpen(true)}>
      {me.voice === 'person' ? (
        <Trans>Say how far I have come</Trans>
      ) : (
        <Trans>Say how far {house.givenName} has come</Trans>
      )}
    </Button>
  )
}

const draftOf = ({ id }: Goal) => `score:${id}`

type Answer = Readonly<{ whose: string; level: string }>

function Form({ reader, goal, levels, onDone }: FormProps & Readonly<{ onDone: () => void }>) {
  const { t } = useLingui()
  const [id] = useState(() => crypto.randomUUID())
  const saving = useSaveState()
  const [tried, setTried] = useState(false)
  const empty: Answer = { whose: reader.me.reference, level: '' }
  const [answer, setAnswer, clear] = useDraft<Answer>(draftOf(goal), empty)
  const speakers = speakersFor(reader)
  const { person, givenName } = reader.house
  const send = async () => {
    setTried(true)
    const by = speakers.find(({ reference }) => reference === answer.whose)
    const level = Number(answer.level)
    if (!by || answer.level === '' || !isAttainmentLevel(level)) return
    const done = await saving.run(() => scoreOnLevels({ id, person, by, goal: goal.id, level }))
    if (!done) return
    clear()
    onDone()
  }
  return (
    <div className="goal-form">
      {speakers.length > 1 ? (
        <SelectField
          label={t`Whose view is it?`}
          hint={t`If you write down what ${givenName} says, you are named, and you will know the answer.`}
          value={answer.whose}
          onChange={(whose) => setAnswer({ ...answer, whose })}
          options={speakers.map((who) => ({ value: who.reference, label: who.name }))}
        />
      ) : null}
      <Radios
        legend={t`Which of these is true now?`}
        hint={t`The others do not see your answer until they have answered. When somebody else has answered too, it stays for this round.`}
        name={`score-${goal.id}`}
        value={answer.level}
        onChange={(level) => setAnswer({ ...answer, level })}
        error={tried && answer.level === '' ? t`Choose one` : undefined}
        options={attainmentLevels.map((level, at) => ({
          value: String(level),
          label: `${levels[at]} (${levelNumber(level)})`,
        }))}
      />
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
