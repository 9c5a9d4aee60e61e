import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { clockToday } from '#client/clock.ts'
import { asAnother, useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import { holdReview } from '#client/queries/care-plan/review.ts'
import { addDays } from '#domain/calendar/days.ts'
import type { Plan } from '#domain/plan/plan.ts'

import { AfterConversationCard } from '#features/parts/conversation/after-conversation-card.tsx'
import { PreparedCard } from '#features/parts/conversation/prepared-card.tsx'
import { SaveNote } from '#features/parts/save-note.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { CaseCard } from './case-card.tsx'
import { ContactCard } from './contact-card.tsx'
import { DeathCard, HasDied } from './death-card.tsx'

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
            <ReviewForm plan={house.plan} />
          </Card>
        ) : (
          <EmptyState title={<Trans>There is no plan to review</Trans>} />
        )}
        <CaseCard house={house} />
      </div>
      <aside>
        {isCall ? null : contact}
        {house.died ? null : <AfterConversationCard person={person} />}
        {house.died ? null : <DeathCard house={house} />}
      </aside>
    </div>
  )
}

function ReviewForm({ plan }: { plan: Plan }) {
  const { t } = useLingui()
  const start = { id: '', words: '', next: addDays(clockToday(), 90) }
  const [typed, setTyped, , , settle] = useDraft(`review-${plan.id}`, start)
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const change = (fields: Partial<typeof start>) =>
    setTyped({ ...typed, id: typed.id || crypto.randomUUID(), ...fields })
  const isLater = typed.next > clockToday()
  const save = async () => {
    setTried(true)
    if (typed.words.trim() === '' || !isLater) return
    if (!(await saving.run(() => holdReview(plan, typed)))) return
    settle(typed, asAnother)
    setTried(false)
    toast(<Trans>The review is saved. The person is asked to agree again.</Trans>)
  }
  return (
    <CheckedForm onSubmit={save}>
      {plan.reviewOn ? (
        <p>
          <Trans>
            Planned for <DateText date={plan.reviewOn} />
          </Trans>
        </p>
      ) : null}
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
      <SaveNote saving={saving} />
      <Button type="submit" pending={saving.pending}>
        <Trans>Save the review</Trans>
      </Button>
    </CheckedForm>
  )
}
