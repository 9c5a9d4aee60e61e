import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { Link } from 'react-router'
import { feedsQuery } from '#client/queries/monitoring/feeds.ts'
import { useSession } from '#client/session/session.ts'
import { leastOfUsual, monthsUntilComplete } from '#domain/feed/completeness.ts'
import type { Feeds } from '#domain/feed/feeds-parameters.ts'
import { FindNav } from '#features/parts/find/find-nav.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Card } from '#ui/layout/card.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { ScoreDirectionsCard } from './score-directions-card.tsx'
import { SourceCard } from './source-card.tsx'

/** Who sends lines of activity and cost, how late they are, and what was refused. */
export function FeedsPage() {
  const { t } = useLingui()
  return (
    <div className="feeds">
      <FindNav />
      <PageHeading
        title={t`Cost and activity`}
        lead={t`What others send about care and its cost comes late, and never all at once. See what is here before you compare.`}
      />
      <Suspense fallback={<Skeleton lines={10} />}>
        <Sources />
      </Suspense>
      <ScoreDirectionsCard />
    </div>
  )
}

function Sources() {
  const { t } = useLingui()
  const { data } = useSuspenseQuery(feedsQuery)
  const isAdmin = useSession(({ actor }) => actor?.role === 'admin')
  const share = Math.round(leastOfUsual * 100)
  if (data.sources.length === 0)
    return (
      <EmptyState title={t`No activity or cost is here yet`}>
        <p>
          <Trans>What care cost is not known, and is shown nowhere.</Trans>{' '}
          {isAdmin ? (
            <Link to="/import">
              <Trans>Import a file</Trans>
            </Link>
          ) : (
            <Trans>An administrator can import it.</Trans>
          )}
        </p>
      </EmptyState>
    )
  return (
    <>
      {data.rounded ? (
        <p className="gable-meta">
          <Trans>You see numbers only: rounded to the nearest five, and none below five.</Trans>
        </p>
      ) : null}
      {data.sources.map((each) => (
        <SourceCard key={each.source} source={each} />
      ))}
      <p className="gable-meta">
        <Trans>
          A month counts as complete when a file came {monthsUntilComplete} whole months after its
          end, with at least {share} in 100 of the lines that this source usually sends: the middle
          of up to twelve earlier months. Both numbers are our own. People who said no to planning
          are in no count.
        </Trans>
      </p>
      {data.rounded ? null : <Refused refused={data.refused} />}
    </>
  )
}

/** What could not be linked or read, with its reason: nothing is left out in silence. */
function Refused({ refused }: Pick<Feeds, 'refused'>) {
  const { t } = useLingui()
  if (refused.length === 0) return null
  return (
    <Card title={t`Lines that were refused`}>
      <p>
        <Trans>
          They are not stored. Correct them at their source, or add the person, and import the file
          again.
        </Trans>
      </p>
      <ul className="feeds__refused">
        {refused.map((each) => (
          <li key={`${each.source} ${each.place} ${each.line ?? each.reason}`}>
            <b>
              <bdi>{each.line ?? t`A row without a number`}</bdi>
            </b>
            {': '}
            {each.reason}.{' '}
            <span className="gable-meta">
              <Trans>
                <bdi>{each.source}</bdi>, row {each.place} of the part sent on{' '}
                <DateText date={each.received} />
              </Trans>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
