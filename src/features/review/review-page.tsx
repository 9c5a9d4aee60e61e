import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import { AfterConversationCard } from '#features/parts/conversation/after-conversation-card.tsx'
import { PreparedCard } from '#features/parts/conversation/prepared-card.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Card } from '#ui/layout/card.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { CaseCard } from './case-card.tsx'
import { ContactCard } from './contact-card.tsx'
import { DeathCard, HasDied } from './death-card.tsx'
import { ReviewForm } from './review-form.tsx'

/** The review: what was said, the next date, and whether the case goes on. */
export function ReviewPage() {
  const { t } = useLingui()
  return (
    <div className="review">
      <PageHeading title={t`Review`} />
      <Suspense fallback={<Skeleton lines={8} />}>
        <ReviewBody />
      </Suspense>
    </div>
  )
}

function ReviewBody() {
  const { person = '' } = useParams()
  const [search] = useSearchParams()
  const { data: house } = useSuspenseQuery(planQueries.house(person))
  const contact = house.died ? null : <ContactCard person={person} givenName={house.givenName} />
  const isCall = search.has('call')
  return (
    <div className="gable-columns">
      <div>
        {isCall ? contact : null}
        <PreparedCard house={house} />
        {house.died ? (
          <HasDied house={house} />
        ) : house.plan && !house.plan.ended ? (
          <Card title={<Trans>Review the plan together</Trans>}>
            <ReviewForm house={house} plan={house.plan} />
          </Card>
        ) : (
          <EmptyState title={<Trans>There is no plan to review</Trans>} />
        )}
        <CaseCard house={house} />
      </div>
      <aside>
        {isCall ? null : contact}
        {house.died ? null : <AfterConversationCard person={person} givenName={house.givenName} />}
        {house.died ? null : <DeathCard house={house} />}
      </aside>
    </div>
  )
}
