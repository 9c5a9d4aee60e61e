import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Link } from 'react-router'
import { clockToday } from '#client/clock.ts'
import { doDeed } from '#client/queries/coordination/tasks.ts'
import { addDays } from '#domain/calendar/days.ts'
import type { MyTask } from '#domain/task/my-tasks.ts'
import {
  type CareTask,
  mayTaskBecome,
  stateAfter,
  TaskActionNotPossible,
} from '#domain/task/task.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PersonName } from '#ui/text/person-name.tsx'
import { TaskListRow } from './task-row.tsx'

type Rows = readonly MyTask<CareTask>[]
type Deed = 'take' | 'do'

/** Open tasks by the day on which they are due, and what can be done with several at once. */
export function TasksByDay({ rows }: Readonly<{ rows: Rows }>) {
  const [chosen, setChosen] = useState<readonly string[]>([])
  const today = clockToday()
  const groups = Map.groupBy(rows, ({ task: { dueOn } }) =>
    dueOn === undefined ? '' : dueOn < today ? 'overdue' : dueOn,
  )
  const open = rows.filter(({ task }) => chosen.includes(task.id))
  const choose = (id: string, isChosen: boolean) =>
    setChosen(isChosen ? [...chosen, id] : chosen.filter((each) => each !== id))
  return (
    <>
      <SeveralAtOnce tasks={open.map(({ task }) => task)} onDone={() => setChosen([])} />
      {[...groups].map(([day, some]) => (
        <section key={day} aria-labelledby={`day-${day}`}>
          <h2 id={`day-${day}`} className="tasks-day">
            <DayName day={day} today={today} /> <span className="gable-meta">{some.length}</span>
          </h2>
          <ul className="gable-boxed-rows coordinate-rows">
            {some.map(({ task, family, given }) => (
              <TaskListRow
                key={task.id}
                task={task}
                heading={
                  <h3 className="coordinate-row__who">
                    <Link to={`/people/${task.person}/tasks`}>
                      <PersonName family={family} given={given} />
                    </Link>
                  </h3>
                }
                choice={
                  task.isHandOver ? null : (
                    <Choice
                      task={task}
                      isChosen={chosen.includes(task.id)}
                      onChange={(isChosen) => choose(task.id, isChosen)}
                    />
                  )
                }
              />
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function DayName({ day, today }: Readonly<{ day: string; today: string }>) {
  if (day === '') return <Trans>No day set</Trans>
  if (day === 'overdue') return <Trans>Overdue</Trans>
  if (day === today) return <Trans>Today</Trans>
  if (day === addDays(today, 1)) return <Trans>Tomorrow</Trans>
  return <DateText date={day} />
}

function Choice(props: {
  task: CareTask
  isChosen: boolean
  onChange: (isChosen: boolean) => void
}) {
  const { t } = useLingui()
  const { task, isChosen, onChange } = props
  return (
    <label className="tasks-choice">
      <input
        type="checkbox"
        checked={isChosen}
        aria-label={t`Choose: ${task.what}`}
        onChange={(event) => onChange(event.target.checked)}
      />{' '}
      <span className="nhsuk-u-visually-hidden">
        <Trans>Choose</Trans>
      </span>
    </label>
  )
}

type Outcome = Readonly<{ done: number; not: readonly string[] }>

/** Each is done by itself: what a colleague was first with is named, and the others go through. */
function SeveralAtOnce({
  tasks,
  onDone,
}: Readonly<{ tasks: readonly CareTask[]; onDone: () => void }>) {
  const { t } = useLingui()
  const [pending, setPending] = useState<Deed>()
  const [outcome, setOutcome] = useState<Outcome>()
  const triedFor = async (task: CareTask, kind: Deed): Promise<string | undefined> => {
    try {
      await doDeed(task, { kind })
      return undefined
    } catch (error) {
      const owner = error instanceof TaskActionNotPossible ? error.owner : ''
      return owner ? t`${task.what}: ${owner} has it now` : t`${task.what}: not saved`
    }
  }
  const run = async (kind: Deed) => {
    setPending(kind)
    const not: string[] = []
    for (const task of tasks) {
      const problem = await triedFor(task, kind)
      if (problem) not.push(problem)
    }
    setPending(undefined)
    setOutcome({ done: tasks.length - not.length, not })
    onDone()
  }
  const may = (kind: Deed) => tasks.some((task) => mayTaskBecome(task.state, stateAfter(kind)))
  return (
    <div className="tasks-at-once" aria-live="polite">
      {tasks.length > 0 ? (
        <p className="tasks-several">
          <Plural value={tasks.length} one="# task chosen" other="# tasks chosen" />{' '}
          {may('take') ? (
            <Button variant="outline" pending={pending === 'take'} onClick={() => void run('take')}>
              {t`Assign them to me`}
            </Button>
          ) : null}{' '}
          {may('do') ? (
            <Button variant="outline" pending={pending === 'do'} onClick={() => void run('do')}>
              {t`Mark them as done`}
            </Button>
          ) : null}
        </p>
      ) : null}
      {outcome ? <OutcomeWords outcome={outcome} /> : null}
    </div>
  )
}

function OutcomeWords({ outcome: { done, not } }: Readonly<{ outcome: Outcome }>) {
  return (
    <Notice
      tone={not.length > 0 ? 'warning' : 'done'}
      title={<Plural value={done} _0="Nothing saved" one="# task saved" other="# tasks saved" />}
    >
      {not.length > 0 ? (
        <ul>
          {not.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      ) : null}
    </Notice>
  )
}
