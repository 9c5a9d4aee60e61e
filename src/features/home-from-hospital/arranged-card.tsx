import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { clockToday } from '#client/clock.ts'
import { asAnother, useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { arrangedQuery } from '#client/queries/discharge/letters.ts'
import { saveArranged } from '#client/queries/discharge/medicines.ts'
import { type ArrangedKind, arrangedKinds } from '#domain/discharge/arranged-task.ts'
import type { WardStay } from '#domain/discharge/ward-stay.ts'
import type { Who } from '#domain/plan/plan.ts'
import { type CareTask, isOpen, isTaskOverdue } from '#domain/task/task.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { WhoField } from '#features/parts/who/who-field.tsx'
import { type MarkState, StateMark } from '#ui/feedback/state-mark.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { isUnfinished } from '#ui/forms/date-parts.ts'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { arrangedLabels } from './labels.ts'

/** What has to be in place: equipment, follow-up, help for the carer, medicines to sort out; each with one owner and a day. */
export function ArrangedCard({ stay }: { stay: WardStay }) {
  const { i18n } = useLingui()
  const { data } = useSuspenseQuery(arrangedQuery(stay.person))
  const arranged = data.filter((each) => each.stay === stay.id)
  const missing = arrangedKinds.filter(
    (kind) =>
      (kind === 'equipment' || kind === 'follow-up' || kind === 'carer') &&
      !arranged.some((each) => each.kind === kind),
  )
  return (
    <Card title={<Trans>What has to be in place</Trans>}>
      <ul className="stay-arranged">
        {arranged.map(({ kind, task }) => (
          <li key={task.id}>
            <TaskState task={task} />
            <div>
              <b>{task.what}</b>
              <p className="gable-meta">
                {i18n._(arrangedLabels[kind])}. {task.owner?.name}
                {task.dueOn ? (
                  <>
                    {', '}
                    <Trans>
                      by <DateText date={task.dueOn} />
                    </Trans>
                  </>
                ) : null}
              </p>
            </div>
            <Link to={`/people/${stay.person}/tasks#task-${task.id}`}>
              <Trans>Open the task</Trans>
            </Link>
          </li>
        ))}
        {missing.map((kind) => (
          <li key={kind}>
            <StateMark state="missing">
              <Trans>Nothing yet</Trans>
            </StateMark>
            <b>{i18n._(arrangedLabels[kind])}</b>
          </li>
        ))}
      </ul>
      <AddArranged stay={stay} />
    </Card>
  )
}

const stateOf = (task: CareTask) => {
  if (task.state === 'completed') return 'done'
  if (!isOpen(task.state)) return 'stopped'
  return isTaskOverdue(task, clockToday()) ? 'late' : 'open'
}

const taskMarks = {
  done: ['agreed', msg`Done`],
  late: ['failed', msg`Late`],
  open: ['due', msg`Being arranged`],
  stopped: ['missing', msg`Not going ahead`],
} as const satisfies Readonly<
  Record<ReturnType<typeof stateOf>, readonly [MarkState, MessageDescriptor]>
>

function TaskState({ task }: { task: CareTask }) {
  const { i18n } = useLingui()
  const [mark, words] = taskMarks[stateOf(task)]
  return <StateMark state={mark}>{i18n._(words)}</StateMark>
}

type Typed = Readonly<{ id: string; kind: string; what: string; owner?: Who; dueOn: string }>
const empty: Typed = { id: '', kind: 'follow-up', what: '', dueOn: '' }

function AddArranged({ stay }: { stay: WardStay }) {
  const { t, i18n } = useLingui()
  const [typed, setTyped, , isDraft, settle] = useDraft<Typed>(`arranged-${stay.id}`, empty)
  const [isOpened, setOpened] = useState(isDraft)
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const change = (fields: Partial<Typed>) =>
    setTyped({ ...typed, id: typed.id || crypto.randomUUID(), ...fields })
  const { id, kind, what, owner, dueOn } = typed
  const isNoDay = dueOn === '' || isUnfinished(dueOn)
  const save = async () => {
    setTried(true)
    if (what.trim() === '' || !owner || isNoDay) return
    const task = { id, person: stay.person, stay: stay.id, what: what.trim(), owner, dueOn }
    const whole = { ...task, kind: kind as ArrangedKind }
    if (!(await saving.run(() => saveArranged(whole)))) return
    settle(typed, asAnother)
    setTyped(empty)
    setTried(false)
    setOpened(false)
    toast(<Trans>Saved.</Trans>)
  }
  if (!isOpened)
    return (
      <Button variant="outline" onClick={() => setOpened(true)}>
        <Trans>Add what is needed</Trans>
      </Button>
    )
  return (
    <CheckedForm onSubmit={save} aria-label={t`Add what is needed`}>
      <SelectField
        label={t`What kind of thing`}
        value={kind}
        onChange={(next) => change({ kind: next })}
        options={arrangedKinds.map((value) => ({ value, label: i18n._(arrangedLabels[value]) }))}
      />
      <TextField
        label={t`What is needed`}
        value={what}
        onChange={(next) => change({ what: next })}
        error={tried && what.trim() === '' ? t`Enter what is needed` : undefined}
      />
      <WhoField
        label={t`Who does it`}
        value={owner?.reference ?? ''}
        onChange={(next) => {
          const { owner: _before, ...rest } = typed
          setTyped({
            ...rest,
            id: rest.id || crypto.randomUUID(),
            ...(next ? { owner: next } : {}),
          })
        }}
        error={tried && !owner ? t`Choose who does it` : undefined}
      />
      <DateField
        label={t`By which day`}
        value={dueOn}
        onChange={(next) => change({ dueOn: next })}
        error={tried && isNoDay ? t`Enter a day` : undefined}
      />
      <SaveNote saving={saving} />
      <Button type="submit" pending={saving.pending}>
        <Trans>Save what is needed</Trans>
      </Button>
    </CheckedForm>
  )
}
