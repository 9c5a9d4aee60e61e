import { Trans } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { clockToday, dayHere } from '#client/clock.ts'
import { recordQuery } from '#client/queries/patient/record-query.ts'
import { carerChanges } from '#client/queries/preparation/carer-changes.ts'
import { conversationsQuery } from '#client/queries/preparation/conversation.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { lastHeld } from '#domain/review/held-review.ts'
import {
  daysBetweenReviews,
  type ReviewReason,
  reviewReasons,
} from '#domain/review/review-reasons.ts'
import { UnverifiedMark } from '#features/parts/record/unverified-mark.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'

/** Why a review is due today, each reason by its rule. */
export function WhyReview({ house }: { house: HouseRecord }) {
  const { person, plan, caseOfPlan } = house
  const { data: record } = useSuspenseQuery(recordQuery(person))
  const { data: carers } = useSuspenseQuery(carerChanges(person))
  const { data } = useSuspenseQuery(conversationsQuery(person))
  const since = lastHeld(data.held)?.at ?? caseOfPlan?.since
  const reasons = reviewReasons({
    ...{ today: clockToday(), record, carers },
    ...(plan?.reviewOn ? { reviewOn: plan.reviewOn } : {}),
    ...(since ? { since: dayHere(since) } : {}),
  })
  if (reasons.length === 0) return null
  return (
    <section aria-labelledby="why-title">
      <h3 id="why-title">
        <Trans>Why a review is due</Trans>
      </h3>
      <ul className="gable-plain-list">
        {reasons.map((reason) => (
          <li key={reason.why + reason.on}>
            <StateMark state="due">
              <ReasonText reason={reason} />
            </StateMark>
          </li>
        ))}
      </ul>
      <p className="gable-meta">
        <Trans>An event is found by its words in the record, so one may be missed.</Trans>
      </p>
      <UnverifiedMark what="review-days" />
    </section>
  )
}

function ReasonText({ reason }: { reason: ReviewReason }) {
  const on = <DateText date={reason.on} />
  switch (reason.why) {
    case 'planned':
      return <Trans>It was planned for {on}</Trans>
    case 'discharge':
      return (
        <Trans>
          Home from hospital on {on}: {reason.what}
        </Trans>
      )
    case 'fall':
      return <Trans>A fall was recorded on {on}</Trans>
    case 'bereavement':
      return <Trans>A death close to the person was recorded on {on}</Trans>
    case 'carer-change':
      return (
        <Trans>
          Who cares has changed on {on}: {reason.what}
        </Trans>
      )
    case 'long-ago':
      return (
        <Trans>
          {reason.days} days since the last review. More than {daysBetweenReviews} is too long
        </Trans>
      )
  }
}
