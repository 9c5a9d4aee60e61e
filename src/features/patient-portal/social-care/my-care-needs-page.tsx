import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { careAssessmentsQuery } from '#client/queries/social-care/care-assessments.ts'
import { useSession } from '#client/session/session.ts'
import { writtenSoFar } from '#domain/social-care/needs/where-to-begin.ts'
import { BackToHouse } from '#features/parts/back-to-house.tsx'
import { CareAssessmentForm } from '#features/parts/social-care/care-assessment-form.tsx'
import {
  CareAssessmentView,
  CareDecisionView,
} from '#features/parts/social-care/care-assessment-view.tsx'
import { Button } from '#ui/layout/button.tsx'

/** What is hard in daily life: written at home first, and completed in the talk with the social worker. */
export function MyCareNeedsPage() {
  const { t } = useLingui()
  const person = useSession((session) => session.actor?.person)
  return (
    <div className="my-page">
      <title>{t`Help with daily life · Gable`}</title>
      <h1 tabIndex={-1}>
        <Trans>Help with daily life</Trans>
      </h1>
      <p className="my-lead">
        <Trans>
          If daily life is hard because of an illness or a disability, you have a right to a talk
          about it. You can begin here, at home. The social worker reads it first and does not ask
          it again.
        </Trans>
      </p>
      {person ? (
        <MyCareNeeds person={person} />
      ) : (
        <p className="my-missing">
          <Trans>Only the person sees this page. You have a talk of your own, as a carer.</Trans>
        </p>
      )}
      <BackToHouse isOwn={person !== undefined} />
    </div>
  )
}

function MyCareNeeds({ person }: Readonly<{ person: string }>) {
  const { t } = useLingui()
  const questions = {
    days: t`What is a good day like, and a bad day?`,
    helps: t`Who and what helps me already?`,
    wants: t`What do I want to do in my life?`,
    cause: t`Is it hard because I am ill or disabled?`,
    wellbeing: t`Does this change my life a lot, or might it?`,
  }
  const { data: record } = useSuspenseQuery(careAssessmentsQuery(person))
  const [writing, setWriting] = useState(false)
  const { own } = writtenSoFar(record.assessments)
  const done = record.assessments.find(({ isDone }) => isDone)
  const decision = done && record.decisions.find(({ assessment }) => assessment === done.id)
  return (
    <>
      {decision ? <CareDecisionView decision={decision} /> : null}
      {done ? <CareAssessmentView assessment={done} /> : null}
      {own && !writing ? <CareAssessmentView assessment={own} /> : null}
      {writing ? (
        <CareAssessmentForm
          {...{ person, questions }}
          isOwn
          start={own ? { id: own.id, findings: own, marks: own.marks } : undefined}
          onDone={() => setWriting(false)}
        />
      ) : (
        <Button onClick={() => setWriting(true)}>
          {own ? <Trans>Change what you wrote</Trans> : <Trans>Write down how it is first</Trans>}
        </Button>
      )}
    </>
  )
}
