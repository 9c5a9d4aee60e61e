import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Link } from 'react-router'
import { clockToday } from '#client/clock.ts'
import { doDeed } from '#client/queries/coordination/tasks.ts'
import { addDays, daysBetween } from '#domain/calendar/days.ts'
import { daysAhead, type MyTask, type MyTasks } from '#domain/task/my-tasks.ts'
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

type Props = Readonly<{ rows: Rows; days: MyTasks['days'] }>

/** Open tasks by the day on which they are due: the coming week day by day, later weeks closed; and what can be done with several at once. */
export function TasksByDay({ rows, days }: Props) {
  const [chosen, setChosen] = useState<readonly string[]>([])
  const today = clockToday()
  const groups = Map.groupBy(rows, ({ task: { dueOn } }) => groupOf(dueOn, today))
  const open = rows.filter(({ task }) => chosen.includes(task.id))
  const choose = (id: string, isChosen: boolean) =>
    setChosen(isChosen ? [...chosen, id] : chosen.filter((each) => each !== id))
  const list = (some: Rows) => <TaskRows {...{ rows: some, chosen, choose }} />
  return (
    <>
      <SeveralAtOnce tasks={open.map(({ task }) => task)} onDone={() => setChosen([])} />
      <WeekAhead days={days} today={today} />
      {[...groups].map(([day, some]) =>
        isNear(day, today) ? (
          <section key={day} aria-labelledby={`day-${day}`}>
            <h2 id={`day-${day}`} className="tasks-day">
              <DayName day={day} today={today} /> <span className="gable-meta">{some.length}</span>
            </h2>
            {list(some)}
          </section>
        ) : (
          <details key={day} className="tasks-later" open={groups.size === 1}>
            <summary>
              <DayName day={day} today={today} /> ({some.length})
            </summary>
            {list(some)}
          </details>
        ),
      )}
    </>
  )
}

/** Overdue, a day of the coming week, the first day of a later one (seven days each from today), or no day. */
function groupOf(dueOn: string | undefined, today: string): string {
  if (dueOn === undefined) return ''
  if (dueOn < today) return 'overdue'
  const ahead = daysBetween(today, dueOn)
  return ahead < daysAhead ? dueOn : addDays(today, ahead - (ahead % daysAhead))
}

const isNear = (day: string, today: string) =>
  day === 'overdue' || (day !== '' && daysBetween(today, day) < daysAhead)

/** So many are due on each day, also on days without any, and when the list has more pages. */
function WeekAhead({ days, today }: Readonly<{ days: MyTasks['days']; today: string }>) {
  const { t, i18n } = useLingui()
  const week = Array.from({ length: daysAhead }, (_, place) => addDays(today, place))
  const weekday = (day: string) =>
    i18n.date(new Date(`${day}T12:00:00Z`), { weekday: 'short', day: 'numeric', timeZone: 'UTC' })
  return (
    <ol className="tasks-week" aria-label={t`Due in the coming week`}>
      {week.map((day) => (
        <li key={day}>
          <strong>{days.find((each) => each.day === day)?.count ?? 0}</strong> {weekday(day)}
        </li>
      ))}
    </ol>
  )
}

type RowsProps = Readonly<{
  rows: Rows
  chosen: readonly string[]
  choose: (id: string, isChosen: boolean) => void
}>

function TaskRows({ rows, chosen, choose }: RowsProps) {
  return (
    <ul className="gable-boxed-rows coordinate-rows">
      {rows.map(({ task, family, given }) => (
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
  )
}

/** What was done yesterday: one line each. */
export function DoneYesterday({ rows }: Readonly<{ rows: Rows }>) {
  if (rows.length === 0) return null
  return (
    <details className="tasks-later">
      <summary>
        <Trans>Done yesterday</Trans> ({rows.length})
      </summary>
      <ul className="tasks-done">
        {rows.map(({ task, family, given }) => (
          <li key={task.id}>
            <Link to={`/people/${task.person}/tasks`}>
              <PersonName family={family} given={given} />
            </Link>
            : {task.what} <span className="gable-meta">{task.owner?.name}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

function DayName({ day, today }: Readonly<{ day: string; today: string }>) {
  if (day === '') return <Trans>No day set</Trans>
  if (day === 'overdue') return <Trans>Overdue</Trans>
  if (day === today) return <Trans>Today</Trans>
  if (day === addDays(today, 1)) return <Trans>Tomorrow</Trans>
  if (daysBetween(today, day) < daysAhead) return <DateText date={day} />
  return (
    <Trans>
      From <DateText date={day} /> to <DateText date={addDays(day, daysAhead - 1)} />
    </Trans>
  )
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
