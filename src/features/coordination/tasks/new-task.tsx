import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { asAnother } from '#client/forms/use-draft.ts'
import { addTask } from '#client/queries/coordination/tasks.ts'
import type { Who } from '#domain/plan/plan.ts'
import type { RepeatWeeks } from '#domain/task/due-rule.ts'
import { useNewRecord } from '#features/coordination/use-new-record.ts'
import { WorkProblem } from '#features/coordination/work-problem.tsx'
import { TwoWaysOut } from '#features/parts/saving/two-ways-out.tsx'
import { WhoField } from '#features/parts/who/who-field.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { type DueKind, dueIn, isDueWrong, TaskDueFields } from './task-due-fields.tsx'

type Fields = Readonly<{
  id: string
  what: string
  dueOn: string
  owner?: Who | undefined
  /** absent: a day */
  due?: DueKind
  days?: string
  repeats?: RepeatWeeks | undefined
}>

const empty = (): Fields => ({ id: crypto.randomUUID(), what: '', dueOn: '' })

/** Something to do for this person that is not a step of the plan. */
export function NewTask({ person }: { person: string }) {
  const { t } = useLingui()
  const { fields, setFields, ...form } = useNewRecord<Fields>(
    `new-task:${person}`,
    empty,
    asAnother,
  )
  const [tried, setTried] = useState(false)
  const work = useAsyncAction()
  const whatMissing = fields.what.trim() === ''
  const close = () => {
    form.close()
    setTried(false)
  }
  const send = async () => {
    setTried(true)
    if (whatMissing || isDueWrong(fields) || work.pending) return
    const { id, what, owner, repeats } = fields
    const task = { id, person, what: what.trim() }
    const done = await work.run(() =>
      addTask({
        ...task,
        ...(owner ? { owner } : {}),
        ...(repeats ? { repeats } : {}),
        ...dueIn(fields),
      }),
    )
    if (!done) return
    form.sent(fields)
    setTried(false)
    toast(<Trans>Added: {what}</Trans>)
  }
  if (!form.isOpen)
    return (
      <Button variant="outline" onClick={form.open}>
        <Trans>Add a task</Trans>
      </Button>
    )
  return (
    <CheckedForm className="coordinate-form" aria-label={t`Add a task`} onSubmit={send}>
      <TextField
        label={t`What needs to be done`}
        value={fields.what}
        onChange={(what) => setFields({ ...fields, what })}
        error={tried && whatMissing ? t`Enter what needs to be done` : undefined}
      />
      <WhoField
        team
        label={t`Who will do it (optional)`}
        value={fields.owner?.reference ?? ''}
        onChange={(owner) => setFields({ ...fields, owner })}
      />
      <TaskDueFields
        fields={fields}
        onChange={(due) => setFields({ ...fields, ...due })}
        tried={tried}
      />
      <WorkProblem failure={work.failure} />
      <TwoWaysOut
        pending={work.pending}
        onCancel={close}
        save={<Trans>Add task</Trans>}
        cancel={<Trans>Discard</Trans>}
      />
    </CheckedForm>
  )
}
