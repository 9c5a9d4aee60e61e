import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { Link } from 'react-router'
import { clockToday, dayHere } from '#client/clock.ts'
import { meetingsQuery } from '#client/queries/meetings/meetings.ts'
import { useSession } from '#client/session/session.ts'
import type { MeetingLine } from '#domain/meeting/meeting-parameters.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PlanMeetingForm } from './plan-meeting-form.tsx'
import './meetings.css'

/** Team meetings to come and of the last months, and the form for the next one. */
export function MeetingsPage() {
  const { t } = useLingui()
  const identity = useSession(({ actor }) => actor?.identity ?? '')
  const { data: meetings } = useSuspenseQuery(meetingsQuery(identity))
  const [isPlanning, setPlanning] = useState(false)
  const today = clockToday()
  const coming = meetings.filter(({ start }) => dayHere(start) >= today).toReversed()
  const past = meetings.filter(({ start }) => dayHere(start) < today)
  return (
    <div>
      <PageHeading
        title={t`Team meetings`}
        lead={t`What we decide about a person becomes a task, a change to the plan, a referral or an unmet need, with one owner and one day.`}
      />
      {isPlanning ? (
        <Suspense fallback={<Skeleton lines={8} />}>
          <PlanMeetingForm onClose={() => setPlanning(false)} />
        </Suspense>
      ) : (
        <Button onClick={() => setPlanning(true)}>
          <Trans>Plan a meeting</Trans>
        </Button>
      )}
      <section className="gable-section">
        <h2>
          <Trans>Today and to come</Trans>
        </h2>
        {coming.length === 0 ? (
          <EmptyState title={t`No meeting is planned`} />
        ) : (
          <MeetingList meetings={coming} />
        )}
      </section>
      {past.length > 0 ? (
        <section className="gable-section">
          <h2>
            <Trans>The last 90 days</Trans>
          </h2>
          <MeetingList meetings={past} />
        </section>
      ) : null}
    </div>
  )
}

function MeetingList({ meetings }: Readonly<{ meetings: readonly MeetingLine[] }>) {
  return (
    <ul className="meeting-list">
      {meetings.map(({ id, title, start, people, done }) => (
        <li key={id}>
          <Link to={`/meetings/${id}`}>
            {title || <Trans>Team meeting</Trans>}, <DateText date={start} withTime />
          </Link>{' '}
          <span className="gable-meta">
            <Plural value={people} one="# person" other="# people" />
            {done > 0 ? (
              <>
                {', '}
                <Trans>{done} talked about</Trans>
              </>
            ) : null}
          </span>
        </li>
      ))}
    </ul>
  )
}
