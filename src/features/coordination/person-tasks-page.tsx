import { useLingui } from '@lingui/react/macro'
import { Suspense } from 'react'
import { useParams } from 'react-router'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { TeamList } from './care-team/care-team-list.tsx'
import { ReferralList } from './referrals/referral-list.tsx'
import { TaskList } from './tasks/task-list.tsx'

/** Who does what for this person: tasks, referrals, the team. */
export function PersonTasksPage() {
  const { t } = useLingui()
  const { person = '' } = useParams()
  return (
    <div className="coordinate">
      <PageHeading title={t`Tasks and referrals`} />
      <Suspense fallback={<Skeleton lines={6} />}>
        <TaskList person={person} />
      </Suspense>
      <Suspense fallback={<Skeleton lines={4} />}>
        <ReferralList person={person} />
      </Suspense>
      <Suspense fallback={<Skeleton lines={4} />}>
        <TeamList person={person} />
      </Suspense>
    </div>
  )
}
