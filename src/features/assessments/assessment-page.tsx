import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { clockToday, dayHere } from '#client/clock.ts'
import { assessmentQueries, type PersonAssessments } from '#client/queries/care-plan/assessments.ts'
import { factsAbout, formEngine } from '#client/queries/care-plan/form-engine.ts'
import { patientQuery } from '#client/queries/patient/patient.ts'
import { firstAnswers } from '#domain/assessment/expressions/first-answers.ts'
import { usesExpressions } from '#domain/assessment/expressions/work-out.ts'
import type { Form } from '#domain/assessment/form.ts'
import { answersFromRecord } from '#domain/assessment/from-record.ts'
import type { AssessmentRecord } from '#domain/assessment/record.ts'
import { formOfAnswers } from '#domain/assessment/shape/form-of-answers.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { AssessmentForm } from './assessment-form.tsx'
import { ResultView } from './results/result-view.tsx'
import { draftOnRecord } from './use-assessment.ts'

/** One questionnaire for one person: asking it, or (`?result=`) an earlier result. */
export function AssessmentPage() {
  return (
    <Suspense fallback={<Skeleton lines={8} />}>
      <Assessment />
    </Suspense>
  )
}

function Assessment() {
  const { t } = useLingui()
  const { person = '', questionnaire = '' } = useParams()
  const [params] = useSearchParams()
  const { data: forms } = useSuspenseQuery(assessmentQueries.forms())
  const { data: record } = useSuspenseQuery(assessmentQueries.ofPerson(person))
  const result = params.get('result')
  const assessment = record.assessments.find((each) => each.id === result)
  const asked = forms.find((each) => each.id === questionnaire)
  // answers are read by the version that asked them
  const form = (assessment && formOfAnswers(forms, assessment)) ?? asked
  if (!form)
    return (
      <EmptyState title={t`We cannot find this questionnaire`} actions={<Back person={person} />}>
        <Trans>It may no longer be in use.</Trans>
      </EmptyState>
    )
  if (result && !assessment)
    return (
      <EmptyState title={t`We cannot find these answers`} actions={<Back person={person} />}>
        <Trans>They may belong to someone else, or may have been withdrawn.</Trans>
      </EmptyState>
    )
  if (!assessment && form.retired && !draftOnRecord(record, form))
    return (
      <EmptyState
        title={t`This questionnaire is no longer asked`}
        actions={<Back person={person} />}
      >
        <Trans>A newer version may be in the list. Earlier answers stay readable there.</Trans>
      </EmptyState>
    )
  return <Loaded key={`${person}/${form.id}`} {...{ form, assessment, record, person }} />
}

function Back({ person }: { person: string }) {
  return (
    <LinkButton to={`/people/${person}/assessments`}>
      <Trans>All assessments</Trans>
    </LinkButton>
  )
}

type LoadedProps = Readonly<{
  form: Form
  assessment: AssessmentRecord | undefined
  record: PersonAssessments
  person: string
}>

/** With the engine of its expressions and what it asks the record for, if it has any. */
function Loaded({ form, assessment, record, person }: LoadedProps) {
  const { data: found } = useSuspenseQuery(patientQuery(person))
  const { birthDate, gender } = found.person
  const someone = { id: person, birthDate, gender }
  useSuspenseQuery(formEngine.loaded(usesExpressions(form)))
  const { data: recorded } = useSuspenseQuery(formEngine.found(person, form))
  if (assessment) {
    const about = factsAbout(someone, assessment.at ? dayHere(assessment.at) : undefined)
    return <ResultView {...{ form, assessment, record, person, about }} />
  }
  const about = { ...factsAbout(someone), found: recorded }
  const known = answersFromRecord(form.url, found.person, clockToday())
  const first = firstAnswers(form, about)
  return <AssessmentForm {...{ form, person, record, known, first, about }} />
}
