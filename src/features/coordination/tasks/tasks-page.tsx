import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { Link, useSearchParams } from 'react-router'
import { myTasksQuery, tasksAPage } from '#client/queries/coordination/tasks.ts'
import { useSession } from '#client/session/session.ts'
import { type MyTasks, type Whose, whoseTasks } from '#domain/task/my-tasks.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { Pager } from '#ui/layout/pager.tsx'
import { DoneYesterday, TasksByDay } from './tasks-by-day.tsx'

/** All open tasks, over all the people the user can see. */
export function TasksPage() {
  const { t } = useLingui()
  const [query] = useSearchParams()
  const whose = whoseTasks.find((each) => each === query.get('whose')) ?? 'mine'
  const page = Math.max(1, Math.trunc(Number(query.get('page') ?? 1)) || 1)
  return (
    <div className="coordinate">
      <PageHeading
        title={t`Tasks`}
        actions={
          <Link to="/services">
            <Trans>Services we can refer to</Trans>
          </Link>
        }
      />
      <Suspense fallback={<Skeleton lines={10} />}>
        <Worklist whose={whose} page={page} />
      </Suspense>
    </div>
  )
}

function Worklist({ whose, page }: { whose: Whose; page: number }) {
  const identity = useSession((session) => session.actor?.identity ?? '')
  const [, setQuery] = useSearchParams()
  const { data } = useSuspenseQuery(myTasksQuery(identity, whose, page))
  const pages = Math.max(1, Math.ceil(data.counts[whose] / tasksAPage))
  return (
    <>
      <WhoseNav whose={whose} counts={data.counts} />
      {data.rows.length === 0 ? <NothingThere whose={whose} /> : null}
      {data.rows.length > 0 ? <TasksByDay rows={data.rows} days={data.days} /> : null}
      {page === 1 ? <DoneYesterday rows={data.done} /> : null}
      {pages > 1 ? (
        <Pager
          page={page}
          pages={pages}
          onPage={(next) => setQuery({ whose, page: String(next) })}
        />
      ) : null}
    </>
  )
}

/** Links, each with its own address; they differ only in the query, which a NavLink does not compare. */
function WhoseNav({ whose, counts }: { whose: Whose; counts: MyTasks['counts'] }) {
  const { t } = useLingui()
  const names = { mine: t`Mine`, team: t`My team’s`, overdue: t`Overdue` }
  return (
    <nav className="gable-subnav" aria-label={t`Whose tasks`}>
      <ul>
        {whoseTasks.map((each) => (
          <li key={each}>
            <Link to={`?whose=${each}`} aria-current={each === whose ? 'page' : undefined}>
              {names[each]} ({counts[each]})
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function NothingThere({ whose }: { whose: Whose }) {
  if (whose === 'overdue')
    return (
      <EmptyState title={<Trans>Nothing is overdue</Trans>}>
        <p>
          <Trans>All due dates are still in the future.</Trans>
        </p>
      </EmptyState>
    )
  return (
    <EmptyState title={<Trans>Nothing to do</Trans>}>
      <p>
        {whose === 'mine' ? (
          <Trans>Tasks from colleagues, and steps you promised in a plan, are listed here.</Trans>
        ) : (
          <Trans>Tasks for other people in the teams you belong to are listed here.</Trans>
        )}
      </p>
    </EmptyState>
  )
}
