import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { answerGoal } from '#client/queries/goals/goal-answers.ts'
import { type GoalStance, isAboutOtherWords } from '#domain/goal/aims/goal-stance.ts'
import type { Goal } from '#domain/goal/goal.ts'
import { SaveOrCancel } from '#features/parts/saving/save-or-cancel.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { type GoalReader, speakersFor } from './goal-reader.ts'

/** Who goes along with the goal and who does not, each with their reason. */
export function GoalStances({ reader, goal }: { reader: GoalReader; goal: Goal }) {
  const [open, setOpen] = useState(false)
  const stances = goal.stances ?? []
  return (
    <>
      {stances.length === 0 ? (
        <p className="goal-missing">
          <Trans>Nobody has answered yet</Trans>
        </p>
      ) : (
        <ul className="goal-stances">
          {stances.map((each) => (
            <Stance key={each.by.reference} goal={goal} stance={each} />
          ))}
        </ul>
      )}
      {open ? (
        <StanceForm reader={reader} goal={goal} onDone={() => setOpen(false)} />
      ) : reader.mayWrite ? (
        <Button variant="link" onClick={() => setOpen(true)}>
          <Trans>Say whether you agree with this goal</Trans>
        </Button>
      ) : null}
    </>
  )
}

function Stance({ goal, stance }: Readonly<{ goal: Goal; stance: GoalStance }>) {
  const { by, accepts, reason, at, words, writtenDownBy } = stance
  const isOld = isAboutOtherWords(stance, goal)
  return (
    <li>
      <StateMark state={isOld ? 'writing' : accepts ? 'agreed' : 'failed'}>
        <WhatTheySay name={by.name} accepts={accepts} isOld={isOld} />
      </StateMark>
      {isOld && words ? (
        <p>
          <Trans>The words then: “{words}”</Trans>
        </p>
      ) : null}
      {reason ? <p>“{reason}”</p> : null}
      <p className="gable-meta">
        {at ? <DateText date={at} /> : null}
        {writtenDownBy ? (
          <>
            {' '}
            · <Trans>Written down by {writtenDownBy.name}</Trans>
          </>
        ) : null}
      </p>
    </li>
  )
}

function WhatTheySay(props: Readonly<{ name: string; accepts: boolean; isOld: boolean }>) {
  const { name, accepts, isOld } = props
  if (isOld && accepts) return <Trans>{name} agreed to earlier words, not yet to these</Trans>
  if (isOld) return <Trans>{name} did not agree to earlier words</Trans>
  return accepts ? <Trans>{name} agrees</Trans> : <Trans>{name} does not agree</Trans>
}

type Answer = Readonly<{ whose: string; accepts: '' | 'yes' | 'no'; reason: string }>

function StanceForm(props: Readonly<{ reader: GoalReader; goal: Goal; onDone: () => void }>) {
  const { t } = useLingui()
  const { reader, goal, onDone } = props
  const speakers = speakersFor(reader)
  const saving = useSaveState()
  const [tried, setTried] = useState(false)
  const empty: Answer = { whose: reader.me.reference, accepts: '', reason: '' }
  const [answer, setAnswer, clear] = useDraft<Answer>(`stance:${goal.id}`, empty)
  const { whose, accepts, reason } = answer
  const needsReason = accepts === 'no' && reason.trim() === ''
  const send = async () => {
    setTried(true)
    const by = speakers.find((each) => each.reference === whose)
    if (!by || accepts === '' || needsReason) return
    const done = await saving.run(() =>
      answerGoal(goal, { by, accepts: accepts === 'yes', reason: reason.trim() }),
    )
    if (!done) return
    clear()
    onDone()
  }
  return (
    <div className="goal-form">
      {speakers.length > 1 ? (
        <SelectField
          label={t`Whose answer is it?`}
          hint={t`If you write down what the person says, you are named.`}
          value={whose}
          onChange={(reference) => setAnswer({ ...answer, whose: reference })}
          options={speakers.map((who) => ({ value: who.reference, label: who.name }))}
        />
      ) : null}
      <Radios
        legend={t`Is this a good goal for now?`}
        name={`stance-${goal.id}`}
        value={accepts}
        onChange={(value) => setAnswer({ ...answer, accepts: value === 'yes' ? 'yes' : 'no' })}
        error={tried && accepts === '' ? t`Choose yes or no` : undefined}
        options={[
          { value: 'yes', label: t`Yes` },
          { value: 'no', label: t`No` },
        ]}
      />
      <TextArea
        label={accepts === 'no' ? t`Why not?` : t`Why? You can leave this empty.`}
        rows={2}
        value={reason}
        onChange={(words) => setAnswer({ ...answer, reason: words })}
        error={tried && needsReason ? t`Say why not` : undefined}
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
