import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { clockToday } from '#client/clock.ts'
import { assessmentQueries } from '#client/queries/care-plan/assessments.ts'
import { patientQuery } from '#client/queries/patient/patient.ts'
import { answersFromRecord } from '#domain/assessment/from-record.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { AssessmentForm } from './assessment-form.tsx'
import { ResultView } from './results/result-view.tsx'

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
  const { data: found } = useSuspenseQuery(patientQuery(person))
  const form = forms.find((each) => each.id === questionnaire)
  const known = form ? answersFromRecord(form.url, found.person, clockToday()) : {}
  const result = params.get('result')
  const assessment = record.assessments.find((each) => each.id === result)
  const back = (
    <LinkButton to={`/people/${person}/assessments`}>
      <Trans>All assessments</Trans>
    </LinkButton>
  )
  if (!form)
    return (
      <EmptyState title={t`We cannot find this questionnaire`} actions={back}>
        <Trans>It may no longer be in use.</Trans>
      </EmptyState>
    )
  if (!result)
    return <AssessmentForm key={`${person}/${form.id}`} {...{ form, person, record, known }} />
  if (!assessment)
    return (
      <EmptyState title={t`We cannot find these answers`} actions={back}>
        <Trans>They may belong to someone else, or may have been withdrawn.</Trans>
      </EmptyState>
    )
  return <ResultView {...{ form, assessment, record, person }} />
}
