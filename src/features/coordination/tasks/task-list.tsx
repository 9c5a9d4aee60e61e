import { Trans } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { tasksQuery } from '#client/queries/coordination/tasks.ts'
import { isOpen } from '#domain/task/task.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { NewTask } from './new-task.tsx'
import { TaskListRow } from './task-row.tsx'

/** What is to be done for this person, and what was. */
export function TaskList({ person }: { person: string }) {
  const { data: tasks } = useSuspenseQuery(tasksQuery(person))
  const open = tasks.filter((task) => isOpen(task.state) || task.state === 'rejected')
  const over = tasks.filter((task) => !open.includes(task))
  return (
    <section className="gable-section" aria-labelledby="tasks">
      <h2 id="tasks">
        <Trans>To do</Trans>
      </h2>
      {open.length === 0 ? (
        <EmptyState title={<Trans>Nothing to do</Trans>}>
          <p>
            <Trans>
              Steps of the plan and tasks for colleagues are listed here until they are done.
            </Trans>
          </p>
        </EmptyState>
      ) : (
        <ul className="gable-boxed-rows coordinate-rows">
          {open.map((task) => (
            <TaskListRow key={task.id} task={task} />
          ))}
        </ul>
      )}
      <NewTask person={person} />
      {over.length > 0 ? (
        <details className="coordinate-past">
          <summary>
            <Trans>Done or no longer needed</Trans> ({over.length})
          </summary>
          <ul className="gable-boxed-rows coordinate-rows">
            {over.map((task) => (
              <TaskListRow key={task.id} task={task} />
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  )
}
