import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { clockToday } from '#client/clock.ts'
import { carePackagesQuery } from '#client/queries/social-care/care-packages.ts'
import { supportPlansQuery } from '#client/queries/social-care/support-plans.ts'
import { useSession } from '#client/session/session.ts'
import type { CarePackage } from '#domain/social-care/care-package.ts'
import { type SupportPlan, supportPlanState } from '#domain/social-care/support-plan.ts'
import { BackToHouse } from '#features/parts/back-to-house.tsx'
import { AnswerSupportPlanForm } from '#features/parts/social-care/answer-support-plan-form.tsx'
import { CarePackageView } from '#features/parts/social-care/care-package-view.tsx'
import { MissedVisitForm } from '#features/parts/social-care/missed-visit-form.tsx'
import { SupportPlanView } from '#features/parts/social-care/support-plan-view.tsx'

/** The support plan as the person reads and answers it, and as a carer reads it if support is shared. */
export function MySupportPlanPage() {
  const { t } = useLingui()
  const actor = useSession((session) => session.actor)
  const isOwn = actor?.person !== undefined
  const person = actor?.person ?? actor?.caresFor?.[0]?.person ?? ''
  return (
    <div className="my-page">
      <title>{t`Support plan · Gable`}</title>
      <h1 tabIndex={-1}>
        <Trans>Support plan</Trans>
      </h1>
      <p className="my-lead">
        <Trans>What help is there, who gives it, and what is paid for it.</Trans>
      </p>
      <MyPlans {...{ person, isOwn }} />
      <MyPackages person={person} />
      <BackToHouse isOwn={isOwn} />
    </div>
  )
}

function MyPlans({ person, isOwn }: Readonly<{ person: string; isOwn: boolean }>) {
  const { data: all } = useSuspenseQuery(supportPlansQuery(person))
  const plans = all.filter((each) => each.ended === undefined && each.offered > 0)
  if (plans.length === 0)
    return (
      <p className="my-missing">
        {isOwn ? (
          <Trans>
            There is no support plan yet. Once there is a right to help, the social worker writes
            one with you.
          </Trans>
        ) : (
          <Trans>There is no support plan that is shared with you.</Trans>
        )}
      </p>
    )
  return plans.map((plan) => <MyPlan key={plan.id} {...{ plan, isOwn }} />)
}

/** Who comes and when; that nobody came is said here. */
function MyPackages({ person }: Readonly<{ person: string }>) {
  const { data: packages } = useSuspenseQuery(carePackagesQuery(person))
  const hasEnded = ({ endsOn }: CarePackage) => endsOn !== '' && endsOn < clockToday()
  const ended = packages.filter(hasEnded)
  return (
    <>
      {packages
        .filter((each) => !hasEnded(each))
        .map((one) => (
          <MyPackage key={one.id} one={one} />
        ))}
      {ended.length > 0 ? (
        <details>
          <summary>
            <Trans>Care that has ended</Trans>
          </summary>
          {ended.map((one) => (
            <MyPackage key={one.id} one={one} day={one.endsOn} />
          ))}
        </details>
      ) : null}
    </>
  )
}

function MyPackage({ one, day }: Readonly<{ one: CarePackage; day?: string }>) {
  return (
    <section className="my-card" aria-label={one.provider}>
      <h2>{one.provider}</h2>
      <CarePackageView one={one} />
      <MissedVisitForm one={one} {...(day ? { day } : {})} />
    </section>
  )
}

function MyPlan({ plan, isOwn }: Readonly<{ plan: SupportPlan; isOwn: boolean }>) {
  const { t } = useLingui()
  const state = supportPlanState(plan)
  const label =
    plan.assessed === 'carer' ? t`Support plan as a carer` : t`Plan for care and support`
  return (
    <section className="my-card" aria-label={label}>
      <h2>{label}</h2>
      <SupportPlanView plan={plan} />
      {state === 'draft' ? (
        <p>
          <Trans>This plan is being changed. You will be asked about it again.</Trans>
        </p>
      ) : isOwn ? (
        <AnswerSupportPlanForm {...{ plan, isOwn }} />
      ) : null}
    </section>
  )
}
