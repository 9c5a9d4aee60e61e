import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { doDeed } from '#client/queries/coordination/tasks.ts'
import type { Who } from '#domain/plan/plan.ts'
import { type CareTask, needsWords } from '#domain/task/task.ts'
import { WorkProblem } from '#features/coordination/work-problem.tsx'
import { TwoWaysOut } from '#features/parts/saving/two-ways-out.tsx'
import { WhoField } from '#features/parts/who/who-field.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { isUnfinished } from '#ui/forms/date-parts.ts'
import { TextArea } from '#ui/forms/text-area.tsx'

export type WordedTaskAction = 'do' | 'hand-on' | 'refuse' | 'move'

/** The text of an action. It is kept from the first key stroke until it is saved. */
export function TaskActionForm(props: {
  task: CareTask
  kind: WordedTaskAction
  onDone: () => void
}) {
  const { t } = useLingui()
  const { task, kind, onDone } = props
  const [words, setWords, clear] = useDraft(`task-${kind}:${task.id}`, '')
  const [to, setTo] = useState<Who>()
  const [dueOn, setDueOn] = useState(task.dueOn ?? '')
  const [tried, setTried] = useState(false)
  const work = useAsyncAction()
  const wordsMissing = needsWords(kind) && words.trim() === ''
  const factMissing = isFactMissing({ task, kind, to, dueOn })
  const send = async () => {
    setTried(true)
    if (wordsMissing || factMissing || work.pending) return
    const done = await work.run(async () => {
      const undo = await doDeed(task, {
        ...{ kind, words },
        ...(to ? { to } : {}),
        ...(kind === 'move' ? { dueOn } : {}),
      })
      toast(<Trans>Saved: {task.what}</Trans>, undo)
    })
    if (!done) return
    clear()
    onDone()
  }
  const labels = {
    do: t`How it went (optional)`,
    'hand-on': t`Why it is being passed on`,
    refuse: t`Why it cannot be done`,
    move: t`Why the day is changed`,
  }
  return (
    <CheckedForm className="coordinate-form" onSubmit={send} aria-label={task.what}>
      <ActionFacts
        {...{ task, kind, to, setTo, dueOn, setDueOn }}
        isMissing={tried && factMissing}
      />
      <TextArea
        label={labels[kind]}
        rows={2}
        value={words}
        onChange={setWords}
        readOnly={work.pending}
        error={
          tried && wordsMissing ? t`Enter a reason, so that others understand later` : undefined
        }
      />
      <WorkProblem failure={work.failure} />
      <TwoWaysOut
        pending={work.pending}
        onCancel={onDone}
        save={<Submit kind={kind} />}
        cancel={<Trans>Not now</Trans>}
      />
    </CheckedForm>
  )
}

type Facts = Readonly<{
  task: CareTask
  kind: WordedTaskAction
  to: Who | undefined
  dueOn: string
}>

function isFactMissing({ task, kind, to, dueOn }: Facts): boolean {
  if (kind === 'hand-on') return !to
  if (kind !== 'move') return false
  return isUnfinished(dueOn) || dueOn === '' || dueOn === task.dueOn
}

type FactsProps = Facts &
  Readonly<{
    setTo: (to: Who | undefined) => void
    setDueOn: (day: string) => void
    isMissing: boolean
  }>

/** Who does it now, or by when. */
function ActionFacts({ task, kind, to, setTo, dueOn, setDueOn, isMissing }: FactsProps) {
  const { t } = useLingui()
  if (kind === 'hand-on')
    return (
      <WhoField
        label={t`Who will do it now`}
        value={to?.reference ?? ''}
        without={task.owner?.reference}
        onChange={setTo}
        error={isMissing ? t`Choose who will do it now` : undefined}
      />
    )
  if (kind !== 'move') return null
  return (
    <DateField
      label={t`Due on`}
      value={dueOn}
      onChange={setDueOn}
      error={isMissing ? t`Enter another day` : undefined}
    />
  )
}

function Submit({ kind }: { kind: WordedTaskAction }) {
  if (kind === 'do') return <Trans>Mark as done</Trans>
  if (kind === 'move') return <Trans>Change the day</Trans>
  return kind === 'refuse' ? <Trans>Refuse it</Trans> : <Trans>Pass it on</Trans>
}
