import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { referralsToUsQuery } from '#client/queries/coordination/referrals.ts'
import { useSession } from '#client/session/session.ts'
import { workingDaysToAnswer } from '#domain/referral/case-referral.ts'
import type { ReferralToUs } from '#domain/referral/referrals-answer.ts'
import { FindNav } from '#features/parts/find/find-nav.tsx'
import { ShowMore } from '#features/parts/find/show-more.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { ReferralToUsRow } from './referral-to-us-row.tsx'

/** The single point of access: whom we are asked to take on, by the day on which we answer. */
export function ReferralsToUsPage() {
  const { t } = useLingui()
  return (
    <div className="coordinate">
      <FindNav />
      <PageHeading
        title={t`Referrals to us`}
        lead={
          <Plural
            value={workingDaysToAnswer}
            one="People whom somebody asks us to take on: a professional, the person, or a carer. Each is answered within # working day."
            other="People whom somebody asks us to take on: a professional, the person, or a carer. Each is answered within # working days."
          />
        }
      />
      <Suspense fallback={<Skeleton lines={8} />}>
        <Lists />
      </Suspense>
    </div>
  )
}

function Lists() {
  const { t } = useLingui()
  const identity = useSession((session) => session.actor?.identity ?? '')
  const [count, setCount] = useState<number>()
  const { data } = useSuspenseQuery(referralsToUsQuery(identity, count))
  const waiting = data.rows.filter(({ referral }) => referral.state === 'sent')
  const answered = data.rows.filter(({ referral }) => referral.state !== 'sent')
  return (
    <>
      <section aria-labelledby="referrals-waiting">
        <h2 id="referrals-waiting" aria-live="polite">
          <HowMany waiting={data.waiting} late={data.late} />
        </h2>
        {waiting.length === 0 ? (
          <EmptyState title={<Trans>Nobody is waiting</Trans>}>
            <p>
              <Trans>
                A referral is sent from the tasks of a person. People and carers ask on their own
                page.
              </Trans>
            </p>
          </EmptyState>
        ) : (
          <Rows rows={waiting} />
        )}
      </section>
      {answered.length > 0 ? (
        <section className="gable-section" aria-label={t`Answered in the last 30 days`}>
          <h2>
            <Trans>Answered in the last 30 days</Trans>
          </h2>
          <Rows rows={answered} />
        </section>
      ) : null}
      <ShowMore shown={data.rows.length} total={data.total} onMore={setCount} />
    </>
  )
}

function HowMany({ waiting, late }: Readonly<{ waiting: number; late: number }>) {
  if (late === 0)
    return <Plural value={waiting} _0="None to answer" one="# to answer" other="# to answer" />
  return (
    <Trans>
      {waiting} to answer, {late} late
    </Trans>
  )
}

function Rows({ rows }: { rows: readonly ReferralToUs[] }) {
  return (
    <ul className="gable-boxed-rows coordinate-rows">
      {rows.map((each) => (
        <ReferralToUsRow key={each.referral.id} asked={each} />
      ))}
    </ul>
  )
}
