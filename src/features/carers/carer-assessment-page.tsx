import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { useParams } from 'react-router'
import {
  type CarerRecord,
  carerRecordQuery,
  saveCarerDecision,
} from '#client/queries/carer/carer-record.ts'
import { patientQuery } from '#client/queries/patient/patient.ts'
import {
  type CarerAssessment,
  type CarerFindings,
  nothingFound,
} from '#domain/carer/carer-assessment.ts'
import { carerEligibility } from '#domain/carer/eligibility.ts'
import { beginWith } from '#domain/social-care/needs/where-to-begin.ts'
import { AssessmentView, DecisionView } from '#features/parts/carers/assessment-view.tsx'
import { CarerAssessmentForm } from '#features/parts/carers/carer-assessment-form.tsx'
import { DecisionActs, TakeBackAssessment } from '#features/parts/social-care/decision-acts.tsx'
import { EligibilityDecisionForm } from '#features/parts/social-care/eligibility-decision-form.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { EligibilityView } from './eligibility-view.tsx'

/** The assessment of somebody as a carer, in their own record (Care Act 2014, section 10). */
export function CarerAssessmentPage() {
  const { t } = useLingui()
  return (
    <div className="carers">
      <PageHeading
        title={t`Carer’s assessment`}
        lead={t`About the carer’s own life: what caring does to it, and what would help.`}
      />
      <Suspense fallback={<Skeleton lines={8} />}>
        <Assessments />
      </Suspense>
    </div>
  )
}

function Assessments() {
  const questions = useQuestionsOfLaw()
  const { person = '' } = useParams()
  const { data: record } = useSuspenseQuery(carerRecordQuery(person))
  const { data: banner } = useSuspenseQuery(patientQuery(person))
  const { given = '', family = '' } = banner.person
  const name = given || family
  const [writing, setWriting] = useState(false)
  const byStaff = record.assessments.filter(({ by }) => by?.voice === 'professional')
  const { own, open, start } = beginWith(record.assessments, findingsOf, nothingFound)
  return (
    <>
      <Said record={record} own={own} name={name} />
      {writing ? (
        <section className="gable-section" aria-labelledby="asking">
          <h2 id="asking">
            <Trans>Ask {name}</Trans>
          </h2>
          <CarerAssessmentForm
            {...{ person, start }}
            isOwn={false}
            questions={questions}
            outcomeOf={(findings) => <EligibilityView found={carerEligibility(findings)} />}
            onDone={() => setWriting(false)}
          />
        </section>
      ) : (
        <Button onClick={() => setWriting(true)}>
          {open ? <Trans>Go on with the assessment</Trans> : <Trans>Start an assessment</Trans>}
        </Button>
      )}
      {byStaff
        .filter(({ isDone }) => isDone)
        .map((each) => (
          <Finished key={each.id} {...{ person, record }} assessment={each} />
        ))}
      {byStaff.length === 0 ? (
        <EmptyState title={<Trans>No assessment yet</Trans>}>
          <Trans>Nothing is decided before there is one.</Trans>
        </EmptyState>
      ) : null}
    </>
  )
}

/** As a professional asks it: Care Act 2014, section 10, and regulation 3. */
function useQuestionsOfLaw() {
  const { t } = useLingui()
  return {
    does: t`What the carer does`,
    goesOn: t`Can and will the carer go on?`,
    wants: t`What the carer wants in their own life`,
    necessary: t`Is the care necessary, and do the needs come from it?`,
    health: t`Is the carer’s physical or mental health getting worse because of it, or might it?`,
    wellbeing: t`Is there a significant impact on the carer’s wellbeing, or is one likely?`,
  }
}

function findingsOf(written: CarerAssessment): CarerFindings {
  const { does, necessary, health, outcomes, wellbeing, goesOn, wants } = written
  return {
    ...{ does, outcomes, goesOn, wants },
    ...(necessary ? { necessary } : {}),
    ...(health ? { health } : {}),
    ...(wellbeing ? { wellbeing } : {}),
  }
}

type SaidProps = Readonly<{
  record: CarerRecord
  own: CarerAssessment | undefined
  name: string
}>

/** The carer’s own words come first. */
function Said({ record, own, name }: SaidProps) {
  const [latest] = record.words
  if (!latest && !own) return null
  return (
    <section className="gable-section" aria-labelledby="in-own-words">
      <h2 id="in-own-words">
        <Trans>In {name}’s words</Trans>
      </h2>
      {latest ? (
        <>
          <blockquote className="gable-words">{latest.words}</blockquote>
          {latest.heavy === undefined ? null : (
            <p className="carer-note">
              <Trans>How heavy it is: {latest.heavy} of 10</Trans>
            </p>
          )}
        </>
      ) : null}
      {own ? <AssessmentView assessment={own} /> : null}
    </section>
  )
}

type FinishedProps = Readonly<{
  person: string
  record: CarerRecord
  assessment: CarerAssessment
}>

function Finished({ person, record, assessment }: FinishedProps) {
  const { t } = useLingui()
  const decision = record.decisions.find((each) => each.assessment === assessment.id)
  return (
    <section className="gable-section" aria-label={t`A finished assessment`}>
      <AssessmentView assessment={assessment} />
      <EligibilityView found={carerEligibility(assessment)} />
      {decision ? (
        <>
          <DecisionView decision={decision} />
          <DecisionActs {...{ person, decision }} />
        </>
      ) : (
        <EligibilityDecisionForm
          {...{ person }}
          assessment={assessment.id}
          comesTo={carerEligibility(assessment).outcome}
          yes={t`There is a right to support as a carer`}
          no={t`There is no right to support just now`}
          hint={t`The carer reads it.`}
          onSave={saveCarerDecision}
        />
      )}
      {decision ? null : <TakeBackAssessment assessment={assessment.id} />}
    </section>
  )
}
