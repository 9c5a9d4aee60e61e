import { useLingui } from '@lingui/react/macro'
import { Suspense } from 'react'
import { useParams } from 'react-router'
import { PageHeading } from '#ui/page-heading.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { ReferralList } from './referral-list.tsx'
import { TaskList } from './task-list.tsx'
import { TeamList } from './team-list.tsx'

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
