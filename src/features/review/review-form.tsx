import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { holdReview } from '#client/queries/care-plan/review.ts'
import { conversationsQuery } from '#client/queries/preparation/conversation.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { Plan } from '#domain/plan/plan.ts'
import { lastHeld, reviewTopics } from '#domain/review/held-review.ts'
import { type ToDecide, toDecide, undecided } from '#domain/review/to-decide.ts'
import { PartTheyMaySee } from '#features/parts/part-they-may-see.tsx'
import { UnverifiedMark } from '#features/parts/record/unverified-mark.tsx'
import { SaveNote } from '#features/parts/save-note.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { ReviewDecisions } from './review-decisions.tsx'
import { ReviewFacts } from './review-facts.tsx'
import { type ReviewDraft, useReviewDraft } from './use-review-draft.ts'
import { WhyReview } from './why-review.tsx'

const decisionsOf = ({ decisions }: ReviewDraft, open: readonly ToDecide[]) =>
  open.flatMap(({ about, what }) => {
    const made = decisions[about]
    return made ? [{ about, what, ...made }] : []
  })

const factsOf = ({ facts }: ReviewDraft) =>
  reviewTopics.flatMap((topic) => {
    const fact = facts[topic]
    return fact && fact.words.trim() !== '' ? [{ topic, ...fact, words: fact.words.trim() }] : []
  })

/** Side by side with last time: what is still so, what is decided about each goal and promise, and the next date. */
export function ReviewForm({ house, plan }: Readonly<{ house: HouseRecord; plan: Plan }>) {
  const { t } = useLingui()
  const { data } = useSuspenseQuery(conversationsQuery(house.person))
  const { typed, change, settle, start } = useReviewDraft(plan.id)
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const last = lastHeld(data.held)
  const open = toDecide(house.goals, house.actions)
  const decisions = decisionsOf(typed, open)
  const left = undecided(open, decisions)
  const isLater = typed.next > clockToday()
  const save = async () => {
    setTried(true)
    if (left.length > 0 || typed.words.trim() === '' || !isLater) return
    const { id, words, next } = typed
    const held = { id, words, next, decisions, facts: factsOf(typed) }
    if (!(await saving.run(() => holdReview(plan, held)))) return
    // what was typed meanwhile is about the next one: decisions are made anew
    settle(typed, (newer) => ({ ...start, words: newer.words }))
    setTried(false)
    toast(<Trans>The review is saved. The person is asked to agree again.</Trans>)
  }
  return (
    <CheckedForm onSubmit={save}>
      <PartTheyMaySee>
        <WhyReview house={house} />
      </PartTheyMaySee>
      <PlannedAndLast reviewOn={plan.reviewOn} last={last} />
      <ReviewFacts typed={typed} change={change} held={data.held} />
      <ReviewDecisions {...{ open, typed, change, tried, last }} />
      <TextArea
        label={t`What was said`}
        hint={t`How things are going, what has changed, what should be different. The person can read this.`}
        value={typed.words}
        onChange={(words) => change({ words })}
        error={tried && typed.words.trim() === '' ? t`Enter what was said` : undefined}
        rows={6}
      />
      <DateField
        label={t`Next review date`}
        value={typed.next}
        onChange={(next) => change({ next })}
        error={tried && !isLater ? t`Choose a date in the future` : undefined}
      />
      <UnverifiedMark what="review-days" />
      {left.length > 0 ? <Undecided left={left} /> : null}
      <SaveNote saving={saving} />
      <Button type="submit" pending={saving.pending}>
        <Trans>Save the review</Trans>
      </Button>
    </CheckedForm>
  )
}

function PlannedAndLast({
  reviewOn,
  last,
}: Readonly<{ reviewOn: string | undefined; last: ReturnType<typeof lastHeld> }>) {
  return (
    <>
      {reviewOn ? (
        <p>
          <Trans>
            Planned for <DateText date={reviewOn} />
          </Trans>
        </p>
      ) : null}
      {last ? (
        <div className="review-last">
          <p className="gable-meta">
            <Trans>
              Last time, <DateText date={last.at} />, {last.by.name}
            </Trans>
          </p>
          <p>{last.words}</p>
        </div>
      ) : null}
    </>
  )
}

/** Nothing is decided silently: what is left is named. */
function Undecided({ left }: { left: readonly ToDecide[] }) {
  return (
    <div className="gable-missing">
      <p className="gable-missing__title">
        <Trans>Not decided yet</Trans>
      </p>
      <ul>
        {left.map(({ about, what }) => (
          <li key={about}>{what}</li>
        ))}
      </ul>
    </div>
  )
}
