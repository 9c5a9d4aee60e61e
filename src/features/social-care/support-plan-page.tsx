import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { Link, useParams } from 'react-router'
import { carerRecordQuery } from '#client/queries/carer/carer-record.ts'
import { careAssessmentsQuery } from '#client/queries/social-care/care-assessments.ts'
import { supportPlansQuery } from '#client/queries/social-care/support-plans.ts'
import { carerEligibility } from '#domain/carer/eligibility.ts'
import { adultEligibility } from '#domain/social-care/needs/adult-eligibility.ts'
import { type SupportPlan, supportPlanState } from '#domain/social-care/support-plan.ts'
import { AnswerSupportPlanForm } from '#features/parts/social-care/answer-support-plan-form.tsx'
import { SupportPlanView } from '#features/parts/social-care/support-plan-view.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DecidedForThemFields } from './answering/decided-for-them-fields.tsx'
import { SupportPlanStepForm } from './answering/support-plan-step-form.tsx'
import { CarePackagesSection } from './care-packages-section.tsx'
import { SupportPlanForm } from './support-plan-form.tsx'

/** Support plans from what was decided: of the person’s own needs, and of their needs as a carer (Care Act 2014, section 25). */
export function SupportPlanPage() {
  const { t } = useLingui()
  return (
    <div className="carers">
      <PageHeading
        title={t`Support plan`}
        lead={t`How each outcome with a right to support is met, by whom, and what is paid for it.`}
      />
      <Suspense fallback={<Skeleton lines={8} />}>
        <Plans />
      </Suspense>
    </div>
  )
}

type Ground = Readonly<{
  assessed: 'adult' | 'carer'
  decision: string
  needed: readonly string[]
}>

/** The decisions that stand, with the outcomes that they give a right to support with. */
function useGrounds(person: string): readonly Ground[] {
  const { data: care } = useSuspenseQuery(careAssessmentsQuery(person))
  const { data: carer } = useSuspenseQuery(carerRecordQuery(person))
  const adult = care.assessments.flatMap((each): readonly Ground[] => {
    const decision = care.decisions.find(({ assessment }) => assessment === each.id)
    if (!decision?.isEligible) return []
    return [{ assessed: 'adult', decision: decision.id, needed: adultEligibility(each).unable }]
  })
  const asCarer = carer.assessments.flatMap((each): readonly Ground[] => {
    const decision = carer.decisions.find(({ assessment }) => assessment === each.id)
    if (!decision?.isEligible) return []
    return [{ assessed: 'carer', decision: decision.id, needed: carerEligibility(each).unable }]
  })
  // the latest of each: both are sorted so
  return [...adult.slice(0, 1), ...asCarer.slice(0, 1)]
}

function Plans() {
  const { person = '' } = useParams()
  const grounds = useGrounds(person)
  const { data: plans } = useSuspenseQuery(supportPlansQuery(person))
  const without = grounds.filter(
    ({ assessed }) => !plans.some((each) => each.assessed === assessed && !each.ended),
  )
  return (
    <>
      {plans.map((plan) => (
        <Standing
          key={plan.id}
          {...{ person, plan }}
          ground={grounds.find(({ assessed }) => assessed === plan.assessed)}
        />
      ))}
      {without.map((ground) => (
        <New key={ground.assessed} {...{ person, ground }} />
      ))}
      {plans.length === 0 && without.length === 0 ? (
        <EmptyState title={<Trans>No support plan yet</Trans>}>
          <Trans>
            It begins with a decision that there is a right to support. First come the{' '}
            <Link to={`/people/${person}/care-needs`}>care and support needs</Link>, or the{' '}
            <Link to={`/people/${person}/carer-assessment`}>carer’s assessment</Link>.
          </Trans>
        </EmptyState>
      ) : null}
      <CarePackagesSection person={person} plan={plans.find((each) => !each.ended)} />
    </>
  )
}

function useTitle(assessed: 'adult' | 'carer'): string {
  const { t } = useLingui()
  return assessed === 'carer' ? t`Support plan as a carer` : t`Plan for care and support`
}

function New({ person, ground }: Readonly<{ person: string; ground: Ground }>) {
  const title = useTitle(ground.assessed)
  const [writing, setWriting] = useState(false)
  return (
    <section className="gable-section" aria-label={title}>
      <h2>{title}</h2>
      {writing ? (
        <SupportPlanForm {...{ person, ...ground }} onDone={() => setWriting(false)} />
      ) : (
        <>
          <p>
            <Trans>There is a right to support, and no plan yet.</Trans>
          </p>
          <Button onClick={() => setWriting(true)}>
            <Trans>Write the support plan</Trans>
          </Button>
        </>
      )}
    </section>
  )
}

type StandingProps = Readonly<{ person: string; plan: SupportPlan; ground: Ground | undefined }>
type Act = 'change' | 'answer' | 'review' | 'end'

function Standing({ person, plan, ground }: StandingProps) {
  const title = useTitle(plan.assessed)
  const [act, setAct] = useState<Act>()
  const state = supportPlanState(plan)
  return (
    <section className="gable-section" aria-label={title}>
      <h2>{title}</h2>
      {ground ? null : (
        <p>
          <Trans>
            The decision that this plan rests on does not stand any more. Decide again, or end the
            plan.
          </Trans>
        </p>
      )}
      <SupportPlanView plan={plan} />
      {act ? (
        <Acting {...{ person, plan, ground, act }} onDone={() => setAct(undefined)} />
      ) : state === 'ended' ? null : (
        <Acts canChange={ground !== undefined} canAnswer={state !== 'draft'} onAct={setAct} />
      )}
    </section>
  )
}

type ActingProps = StandingProps & Readonly<{ act: Act; onDone: () => void }>

function Acting({ person, plan, ground, act, onDone }: ActingProps) {
  switch (act) {
    case 'change':
      return ground ? <SupportPlanForm {...{ person, plan, ...ground, onDone }} /> : null
    case 'answer':
      return (
        <AnswerSupportPlanForm
          plan={plan}
          isOwn={false}
          fieldsForThem={(fields) => <DecidedForThemFields {...fields} />}
        />
      )
    default:
      return <SupportPlanStepForm key={act} {...{ plan, onDone }} isEnd={act === 'end'} />
  }
}

type ActsProps = Readonly<{
  canChange: boolean
  canAnswer: boolean
  onAct: (act: Act) => void
}>

function Acts({ canChange, canAnswer, onAct }: ActsProps) {
  return (
    <div className="carer-form__bar">
      {canChange ? (
        <Button variant="outline" onClick={() => onAct('change')}>
          <Trans>Change the plan</Trans>
        </Button>
      ) : null}
      {canAnswer ? (
        <Button variant="outline" onClick={() => onAct('answer')}>
          <Trans>Write down the person’s answer</Trans>
        </Button>
      ) : null}
      <Button variant="outline" onClick={() => onAct('review')}>
        <Trans>Record a review</Trans>
      </Button>
      <Button variant="link" onClick={() => onAct('end')}>
        <Trans>End the plan</Trans>
      </Button>
    </div>
  )
}
