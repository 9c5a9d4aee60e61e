import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, Suspense } from 'react'
import { useParams } from 'react-router'
import { AskMeeting } from '#features/parts/meeting/ask-meeting.tsx'
import { PartTheyMaySee } from '#features/parts/part-they-may-see.tsx'
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
      <Part lines={6}>
        <TaskList person={person} />
      </Part>
      <Part lines={4}>
        <ReferralList person={person} />
      </Part>
      <section className="gable-section">
        <h2>
          <Trans>Team meeting</Trans>
        </h2>
        <AskMeeting person={person} label={t`What should the meeting talk about?`} />
      </section>
      <Part lines={4}>
        <TeamList person={person} />
      </Part>
    </div>
  )
}

function Part({ lines, children }: Readonly<{ lines: number; children: ReactNode }>) {
  return (
    <PartTheyMaySee>
      <Suspense fallback={<Skeleton lines={lines} />}>{children}</Suspense>
    </PartTheyMaySee>
  )
}
