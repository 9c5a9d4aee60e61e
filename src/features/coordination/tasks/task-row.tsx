import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import { type DeedSaid, doDeed } from '#client/queries/coordination/tasks.ts'
import type { DueRule } from '#domain/task/due-rule.ts'
import {
  type CareTask,
  isOpen,
  mayMoveDay,
  mayTaskBecome,
  stateAfter,
  type TaskAction,
} from '#domain/task/task.ts'
import { TaskMark, TaskStateLabels } from '#features/coordination/state-labels.tsx'
import { WorkProblem } from '#features/coordination/work-problem.tsx'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Button } from '#ui/layout/button.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { TaskActionForm, type WordedTaskAction } from './task-action-form.tsx'

/** One task: what, whose, by when, what was said about it, and what can be done. */
export function TaskListRow({
  task,
  heading,
  choice,
}: Readonly<{ task: CareTask; heading?: ReactNode; choice?: ReactNode }>) {
  const [deed, setDeed] = useState<WordedTaskAction>()
  const restrictionOf = useRestrictions()
  return (
    <li className="coordinate-row" id={`task-${task.id}`}>
      <div className="coordinate-row__what">
        <div className="coordinate-row__top">
          {choice}
          {heading}
        </div>
        <p className="coordinate-row__title">{task.what}</p>
        {task.note ? <p>{task.note}</p> : null}
        <p className="gable-meta">
          {task.owner?.name || <Trans>Nobody has accepted this yet</Trans>}
          {task.dueOn ? (
            <>
              {' · '}
              <Trans>
                by <DateText date={task.dueOn} />
              </Trans>
            </>
          ) : null}
        </p>
        <TaskRhythm task={task} />
        <RestrictedMark restriction={restrictionOf(`Task/${task.id}`)} />
        <SaidSoFar deeds={task.deeds} />
      </div>
      <TaskMark task={task} />
      {task.isHandOver ? (
        <div className="coordinate-row__deeds">
          <LinkButton to={`/people/${task.person}/hand-over`} variant="outline">
            <Trans>Open</Trans>
          </LinkButton>
        </div>
      ) : (
        <Deeds task={task} onChoose={setDeed} />
      )}
      {deed ? <TaskActionForm task={task} kind={deed} onDone={() => setDeed(undefined)} /> : null}
    </li>
  )
}

/** That it comes again, and by which rule it is due. */
function TaskRhythm({ task: { repeats, dueRule } }: { task: CareTask }) {
  if (!repeats && !dueRule) return null
  return (
    <p className="gable-meta">
      {repeats ? (
        <Plural value={repeats} one="Comes again every week" other="Comes again every # weeks" />
      ) : null}
      {repeats && dueRule ? ' · ' : null}
      {dueRule ? <RuleWords rule={dueRule} /> : null}
    </p>
  )
}

function RuleWords({ rule: { kind, days } }: Readonly<{ rule: DueRule }>) {
  return kind === 'working-days' ? (
    <Plural value={days} one="Within # working day" other="Within # working days" />
  ) : (
    <Plural value={days} one="# day before the review" other="# days before the review" />
  )
}

function SaidSoFar({ deeds }: { deeds: readonly TaskAction[] }) {
  const said = deeds.filter((deed) => deed.words || deed.to)
  if (said.length === 0) return null
  return (
    <ul className="coordinate-said">
      {said.map((deed) => (
        <li key={deed.at + deed.kind}>
          <DeedWords deed={deed} />
          {deed.words ? <>: “{deed.words}”</> : null}{' '}
          <span className="gable-meta">
            <DateText date={deed.at} />
          </span>
        </li>
      ))}
    </ul>
  )
}

function DeedWords({ deed: { kind, by, to, dueOn } }: { deed: TaskAction }) {
  if (kind === 'move')
    return (
      <Trans>
        {by.name} changed the day to <DateText date={dueOn ?? ''} />
      </Trans>
    )
  if (kind === 'hand-on')
    return (
      <Trans>
        {by.name} passed it to {to?.name}
      </Trans>
    )
  return (
    <>
      {by.name}, <TaskStateLabels state={stateAfter(kind)} />
    </>
  )
}

function Deeds(props: { task: CareTask; onChoose: (kind: WordedTaskAction) => void }) {
  const { t } = useLingui()
  const { task, onChoose } = props
  const work = useAsyncAction()
  const may = (kind: Exclude<DeedSaid['kind'], 'move'>) =>
    mayTaskBecome(task.state, stateAfter(kind))
  const take = () =>
    work.run(async () => {
      const undo = await doDeed(task, { kind: 'take' })
      toast(<Trans>Assigned to you: {task.what}</Trans>, undo)
    })
  if (!may('hand-on')) return <div className="coordinate-row__deeds" />
  return (
    <div className="coordinate-row__deeds">
      {may('take') ? (
        <Button
          variant="outline"
          pending={work.pending}
          onClick={() => void take()}
          aria-label={t`Assign to me: ${task.what}`}
        >
          <Trans>Assign to me</Trans>
        </Button>
      ) : null}
      {may('do') ? (
        <Button
          variant={task.state === 'requested' ? 'link' : 'outline'}
          onClick={() => onChoose('do')}
          aria-label={t`Done: ${task.what}`}
        >
          <Trans>Done</Trans>
        </Button>
      ) : null}
      <Button
        variant="link"
        onClick={() => onChoose('hand-on')}
        aria-label={t`Pass on: ${task.what}`}
      >
        <Trans>Pass on</Trans>
      </Button>
      {mayMoveDay(task) ? (
        <Button
          variant="link"
          onClick={() => onChoose('move')}
          aria-label={t`Change the day: ${task.what}`}
        >
          <Trans>Change the day</Trans>
        </Button>
      ) : null}
      {isOpen(task.state) ? (
        <Button
          variant="link"
          onClick={() => onChoose('refuse')}
          aria-label={t`Refuse: ${task.what}`}
        >
          <Trans>Refuse</Trans>
        </Button>
      ) : null}
      <WorkProblem failure={work.failure} />
    </div>
  )
}
