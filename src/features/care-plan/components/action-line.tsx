import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useRecordForm, useSaveState } from '#client/forms/use-record-form.ts'
import { moveAction, saveAction } from '#client/queries/care-plan/goals.ts'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import type { Action } from '#domain/goal/goal.ts'
import { promiseState } from '#domain/goal/promise-state.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { Who } from '#domain/plan/plan.ts'
import { PromiseDeeds } from '#features/care-plan/promises/promise-deeds.tsx'
import { SentenceSuggestions } from '#features/care-plan/suggestions/sentence-suggestions.tsx'
import type { HouseView } from '#features/care-plan/use-house.ts'
import { PromiseWords } from '#features/parts/promises/promise-words.tsx'
import { SaveNote } from '#features/parts/save-note.tsx'
import { SaveBar } from '#features/parts/saving/save-bar.tsx'
import { savedWithUndo } from '#features/parts/undo/saved-with-undo.tsx'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { isUnfinished } from '#ui/forms/date-parts.ts'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { useInView } from '#ui/layout/use-in-view.ts'
import { OwnerAndDay, PromiseMark } from './promises.tsx'
import { WhenText } from './when-text.tsx'

/** One promise: its state, who gave it, by when. */
export function ActionLine({ view, action }: { view: HouseView; action: Action }) {
  const restrictionOf = useRestrictions()
  const [open, setOpen] = useState(false)
  const editing = useAction(view.house, action)
  const { part } = useInView(`action-${action.id}`)
  if (open || editing.isDraft) {
    return <ActionForm house={view.house} editing={editing} onDone={() => setOpen(false)} />
  }
  return (
    <div className="gable-action" id={`action-${action.id}`} ref={part}>
      <PromiseMark action={action} day={view.day} />
      <div className="gable-action__what">
        <b>{action.what}</b>
        {action.note ? <p>{action.note}</p> : null}
        {action.answer ? <AnswerWords action={action} /> : null}
        <PromiseWords action={action} />
        <PromiseDeeds view={view} action={action} />
        <OwnerAndDay action={action} />
        <RestrictedMark restriction={restrictionOf(`Task/${action.id}`)} />
        <SentenceSuggestions house={view.house} record={`Task/${action.id}`} place="what" />
      </div>
      <ActionDeeds view={view} action={action} onChange={() => setOpen(true)} />
    </div>
  )
}

function AnswerWords({ action: { answer } }: { action: Action }) {
  if (!answer) return null
  return (
    <p>
      {answer.happened ? (
        <Trans>{answer.by.name} says: this happened</Trans>
      ) : (
        <Trans>{answer.by.name} says: this did not happen</Trans>
      )}
      {answer.words ? <>. “{answer.words}”</> : null} <WhenText at={answer.at} />
    </p>
  )
}

function ActionDeeds(props: { view: HouseView; action: Action; onChange: () => void }) {
  const { t } = useLingui()
  const { view, action, onChange } = props
  const saving = useSaveState()
  const move = (state: Action['state']) => () => {
    void saving.run(() => moveAction(action, state, view.day))
  }
  const isDone = promiseState(action, view.day) === 'done'
  return (
    <div className="gable-action__deeds">
      {isDone ? null : (
        <Button
          variant="outline"
          pending={saving.pending}
          onClick={move('done')}
          aria-label={t`Mark as done: ${action.what}`}
        >
          <Trans>Mark as done</Trans>
        </Button>
      )}
      <Button variant="link" onClick={onChange} aria-label={t`Change: ${action.what}`}>
        <Trans>Change</Trans>
      </Button>
      <SaveNote saving={saving} />
    </div>
  )
}

/** A place for a new step, under a goal or under the plan. */
export function NewAction({ view, goal }: { view: HouseView; goal?: string }) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  const editing = useAction(view.house, undefined, goal)
  const towards = view.house.goals.find(({ id }) => id === goal)?.words
  if (!open && !editing.isDraft) {
    return (
      <Button
        variant="link"
        onClick={() => setOpen(true)}
        {...(towards ? { 'aria-label': t`Add a step: ${towards}` } : {})}
      >
        <Trans>Add a step</Trans>
      </Button>
    )
  }
  return <ActionForm house={view.house} editing={editing} onDone={() => setOpen(false)} />
}

function useAction(house: HouseRecord, current: Action | undefined, goal?: string) {
  const { plan } = house
  return useRecordForm<Action>({
    key: `action:${current?.id ?? `new-${house.person}-${goal ?? ''}`}`,
    current,
    fresh: {
      ...{ id: crypto.randomUUID(), person: house.person, what: '', note: '', state: 'planned' },
      ...(goal ? { goal } : {}),
    },
    save: savedWithUndo('Task', plan?.id, (edit) => saveAction(plan, edit)),
  })
}

/** Everyone a promise can be given by: the team, the person, the carers. */
function ownersFor(house: HouseRecord, standing: Who | undefined): readonly Who[] {
  const person: Who = { reference: `Patient/${house.person}`, name: house.name, voice: 'person' }
  const known = [...house.team.map((member) => member.who), person]
  const isKnown = !standing || known.some((each) => each.reference === standing.reference)
  return isKnown ? known : [...known, standing]
}

function ActionForm(props: {
  house: HouseRecord
  editing: ReturnType<typeof useAction>
  onDone: () => void
}) {
  const { t } = useLingui()
  const { house, editing, onDone } = props
  const { mine, change } = editing
  const [tried, setTried] = useState(false)
  const isEmpty = mine.what.trim() === ''
  const owners = ownersFor(house, mine.owner)
  return (
    <div className="gable-form">
      <TextField
        label={t`What will be done`}
        value={mine.what}
        onChange={(what) => change({ what })}
        error={tried && isEmpty ? t`Enter what will be done` : undefined}
      />
      <SelectField
        label={t`Who promises it`}
        value={mine.owner?.reference ?? ''}
        onChange={(reference) => {
          const owner = owners.find((each) => each.reference === reference)
          if (owner) change({ owner })
        }}
        options={[
          { value: '', label: t`Choose a name` },
          ...owners.map((who) => ({ value: who.reference, label: who.name })),
        ]}
      />
      <DateField
        label={t`By when`}
        value={mine.dueOn ?? ''}
        onChange={(dueOn) => change({ dueOn })}
      />
      <TextField label={t`Note`} value={mine.note} onChange={(note) => change({ note })} />
      <SaveBar
        editing={editing}
        onDone={onDone}
        isWhole={() => {
          setTried(true)
          return !(isEmpty || isUnfinished(mine.dueOn))
        }}
      />
    </div>
  )
}
