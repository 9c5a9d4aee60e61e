import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { useParams } from 'react-router'
import { assessmentQueries } from '#client/queries/care-plan/assessments.ts'
import { patientQuery } from '#client/queries/patient/patient.ts'
import {
  type CareAssessments,
  careAssessmentsQuery,
  saveCareDecision,
} from '#client/queries/social-care/care-assessments.ts'
import type { CareAssessment } from '#domain/social-care/care-assessment.ts'
import { adultEligibility } from '#domain/social-care/needs/adult-eligibility.ts'
import type { AdultOutcome } from '#domain/social-care/needs/adult-outcomes.ts'
import { answersElsewhere } from '#domain/social-care/needs/answers-elsewhere.ts'
import { whereToBegin } from '#domain/social-care/needs/where-to-begin.ts'
import { useAdultOutcomeWords } from '#features/parts/social-care/adult-outcome-words.ts'
import { CareAssessmentForm } from '#features/parts/social-care/care-assessment-form.tsx'
import {
  CareAssessmentView,
  CareDecisionView,
} from '#features/parts/social-care/care-assessment-view.tsx'
import { DecisionActs, TakeBackAssessment } from '#features/parts/social-care/decision-acts.tsx'
import { EligibilityDecisionForm } from '#features/parts/social-care/eligibility-decision-form.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { AdultEligibilityView } from './adult-eligibility-view.tsx'
import { AnswersElsewhereList } from './answers-elsewhere-list.tsx'

/** The assessment of an adult’s needs for care and support (Care Act 2014, section 9). */
export function CareNeedsPage() {
  const { t } = useLingui()
  return (
    <div className="carers">
      <PageHeading
        title={t`Care and support needs`}
        lead={t`What daily life is like, what is hard, and whether there is a right to care and support.`}
      />
      <Suspense fallback={<Skeleton lines={8} />}>
        <Needs />
      </Suspense>
    </div>
  )
}

function Needs() {
  const { person = '' } = useParams()
  const { data: record } = useSuspenseQuery(careAssessmentsQuery(person))
  const { data: banner } = useSuspenseQuery(patientQuery(person))
  const { given = '', family = '' } = banner.person
  const name = given || family
  const [writing, setWriting] = useState(false)
  const { own, open, start } = whereToBegin(record.assessments)
  const done = record.assessments.filter(({ isDone }) => isDone)
  return (
    <>
      {own && !writing ? <Ahead own={own} name={name} /> : null}
      {done.length === 0 && !open && !writing ? (
        <EmptyState title={<Trans>No assessment yet</Trans>}>
          <Trans>Nothing is decided before there is one.</Trans>
        </EmptyState>
      ) : null}
      {writing ? (
        <Asking {...{ person, name, start }} onDone={() => setWriting(false)} />
      ) : (
        <Button onClick={() => setWriting(true)}>
          {open ? <Trans>Go on with the assessment</Trans> : <Trans>Start an assessment</Trans>}
        </Button>
      )}
      {done.map((each) => (
        <Finished key={each.id} {...{ person, record }} assessment={each} />
      ))}
    </>
  )
}

type AskingProps = Readonly<{
  person: string
  name: string
  start: ReturnType<typeof whereToBegin>['start']
  onDone: () => void
}>

/** The questions, and above each outcome what colleagues have asked about it already. */
function Asking({ person, name, start, onDone }: AskingProps) {
  const { t } = useLingui()
  const questions = useCareQuestionsOfLaw()
  const words = useAdultOutcomeWords()
  const record = useQuery(assessmentQueries.ofPerson(person))
  const forms = useQuery(assessmentQueries.forms())
  const asked =
    record.data && forms.data
      ? answersElsewhere({ assessments: record.data.assessments, forms: forms.data })
      : undefined
  const above = (outcome: AdultOutcome, onAdd: (more: string) => void) => (
    <AnswersElsewhereList
      answers={asked?.get(outcome) ?? []}
      about={words[outcome]}
      onAdd={onAdd}
    />
  )
  return (
    <section className="gable-section" aria-labelledby="asking">
      <h2 id="asking">
        <Trans>Ask {name}</Trans>
      </h2>
      {record.isError || forms.isError ? (
        <Notice tone="warning" title={t`What colleagues have asked cannot be shown just now`}>
          <Trans>The answers here are safe. Open the page again to see the others.</Trans>
        </Notice>
      ) : null}
      <CareAssessmentForm
        {...{ person, start, questions, onDone }}
        isOwn={false}
        aboveOutcome={above}
        outcomeOf={(findings) => <AdultEligibilityView found={adultEligibility(findings)} />}
      />
    </section>
  )
}

/** As a professional asks it: Care Act 2014, section 9, and regulation 2. */
function useCareQuestionsOfLaw() {
  const { t } = useLingui()
  return {
    days: t`A good day, and a bad day`,
    helps: t`Who and what helps already`,
    wants: t`What the person wants to do in their own life`,
    cause: t`Do the needs come from an illness, or from a physical or mental impairment?`,
    wellbeing: t`Because of this, is there a significant impact on wellbeing, or is one likely?`,
  }
}

/** What the person wrote at home is where the talk begins: it is not asked again. */
function Ahead({ own, name }: Readonly<{ own: CareAssessment; name: string }>) {
  return (
    <section className="gable-section" aria-labelledby="in-own-words">
      <h2 id="in-own-words">
        <Trans>What {name} wrote at home</Trans>
      </h2>
      <CareAssessmentView assessment={own} />
    </section>
  )
}

type FinishedProps = Readonly<{
  person: string
  record: CareAssessments
  assessment: CareAssessment
}>

function Finished({ person, record, assessment }: FinishedProps) {
  const { t } = useLingui()
  const decision = record.decisions.find((each) => each.assessment === assessment.id)
  const found = adultEligibility(assessment)
  return (
    <section className="gable-section" aria-label={t`A finished assessment`}>
      <CareAssessmentView assessment={assessment} />
      <AdultEligibilityView found={found} />
      {decision ? (
        <>
          <CareDecisionView decision={decision} />
          <DecisionActs {...{ person, decision }} />
        </>
      ) : (
        <EligibilityDecisionForm
          {...{ person }}
          assessment={assessment.id}
          comesTo={found.outcome}
          yes={t`There is a right to care and support`}
          no={t`There is no right to care and support just now`}
          hint={t`The person reads it.`}
          onSave={saveCareDecision}
        />
      )}
      {decision ? null : <TakeBackAssessment assessment={assessment.id} />}
    </section>
  )
}
