import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { AlreadyCompleted, AnsweredByTwo } from '#client/queries/care-plan/assessments.ts'
import { enabledIds } from '#domain/assessment/enabled.ts'
import type { Form } from '#domain/assessment/form.ts'
import { isAskedFresh, lastTimeOf } from '#domain/assessment/reassess/last-time.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { ErrorSummary } from '#ui/forms/error-summary.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { useAnswerProblemLabels } from './form/answer-problem-labels.ts'
import { AnsweredByTwoNotice } from './form/answered-by-two.tsx'
import { type OpenPart, PartedQuestions, useOpenPart } from './form/parted-questions.tsx'
import { fieldIdOf, QuestionList, type QuestionListProps } from './form/question-list.tsx'
import { RuleWarnings } from './form/rule-warnings.tsx'
import { WhoWasThereFields } from './form/who-was-there.tsx'
import { LicenceLine } from './licence-line.tsx'
import { SafetyDialog } from './safety/safety-dialog.tsx'
import { SafetyPanel } from './safety/safety-panel.tsx'
import { type AssessmentFacts, type OpenAssessment, useAssessment } from './use-assessment.ts'

/** Asks any questionnaire. What is typed survives a reload; finishing leads to what the answers mean. */
export function AssessmentForm(facts: AssessmentFacts) {
  const { form, person } = facts
  const navigate = useNavigate()
  const sitting = useAssessment(facts)
  const wordsOf = useAnswerProblemLabels()
  const { problems, worked } = sitting
  const enabled = enabledIds(worked.form, worked.answers)
  const part = useOpenPart({ form: worked.form, answers: worked.answers, enabled })
  const lastTime = lastTimeOf(form, facts.record.assessments)
  const errors = new Map(problems.map((each) => [each.question.linkId, wordsOf(each)]))
  const listAddress = `/people/${person}/assessments`
  const resultAddress = `${listAddress}/${form.id}?result=${sitting.id}`

  const complete = async () => {
    if (sitting.check().length > 0) return
    await sitting.complete.mutateAsync().then(
      () => navigate(resultAddress),
      () => undefined,
    )
  }
  const leave = async (act: Leaving) => {
    // a concern is never left with a draft: the result page asks what was done
    const next = sitting.concern ? resultAddress : listAddress
    await act.mutateAsync(sitting.sitting).then(
      () => navigate(next),
      () => undefined,
    )
  }
  const list = {
    ...{ form: worked.form, questions: worked.form.items, answers: worked.answers, enabled },
    ...{ known: facts.known, first: facts.first, lastTime, errors },
    answeredBy: sitting.answeredBy,
    ...{ onAnswer: sitting.answer, onAnswers: sitting.answerAll },
  }
  const isWaiting = sitting.flag !== undefined && sitting.flag.actions.length === 0
  return (
    <div className="assess-form">
      <PageHeading title={form.title} {...(form.description ? { lead: form.description } : {})} />
      {lastTime && <LastTimeWords isFresh={isAskedFresh(form)} />}
      <Problems sitting={sitting} {...(part ? { onGo: part.goToField } : {})} />
      <Continued sitting={sitting} />
      <NotRecorded sitting={sitting} />
      <SafetyDialog
        said={sitting.concern?.said ?? ''}
        open={sitting.isWarning}
        onHeed={sitting.heedWarning}
      />
      <Asked list={list} part={part}>
        <WhoWasThereFields there={sitting.there} onChange={sitting.sayThere} />
      </Asked>
      {sitting.flag && isWaiting && !sitting.isWarning && (
        <SafetyPanel flag={sitting.flag} person={person} />
      )}
      <SaveProblem sitting={sitting} form={worked.form} />
      <FormActions
        sitting={sitting}
        complete={(part?.isLast ?? true) ? complete : undefined}
        leave={leave}
      />
      <LicenceLine form={form} />
    </div>
  )
}

/** That answers of earlier are here already, and whose they are. */
function Continued({ sitting }: { sitting: OpenAssessment }) {
  const { t } = useLingui()
  const { isOnRecord, isKept, begunBy: name } = sitting
  if (!isOnRecord || isKept) return null
  const title = name
    ? t`You are continuing with answers that ${name} saved earlier`
    : t`You are continuing with answers you saved earlier`
  return <Notice tone="info" title={title} />
}

type AskedProps = Readonly<{
  list: QuestionListProps
  part: OpenPart | undefined
  children: ReactNode
}>

/** The whole form, or on a phone one part of it; who was there comes last. */
function Asked({ list, part, children }: AskedProps) {
  return (
    <>
      {part ? (
        <PartedQuestions {...list} open={part}>
          {children}
        </PartedQuestions>
      ) : (
        <QuestionList {...list} />
      )}
      <RuleWarnings form={list.form} />
      {part ? null : children}
    </>
  )
}

/** What has to be corrected before it can be finished; on a phone each leads to its part. */
function Problems(props: { sitting: OpenAssessment; onGo?: (fieldId: string) => void }) {
  const { sitting, onGo } = props
  const wordsOf = useAnswerProblemLabels()
  if (sitting.problems.length === 0) return null
  return (
    <ErrorSummary
      key={sitting.tries}
      {...(onGo ? { onGo } : {})}
      errors={sitting.problems.map((each) => ({
        text: wordsOf(each),
        fieldId: fieldIdOf(each.question.linkId),
      }))}
    />
  )
}

/** An action that saves the sitting, after which the page is left. */
type Leaving = Readonly<{
  mutateAsync: (sitting: OpenAssessment['sitting']) => Promise<void>
}>

type ActionsProps = Readonly<{
  sitting: OpenAssessment
  /** undefined while parts of the form come after this one */
  complete: (() => Promise<void>) | undefined
  leave: (act: Leaving) => Promise<void>
}>

function FormActions({ sitting, complete, leave }: ActionsProps) {
  return (
    <div className="assess-actions">
      {complete && (
        <Button pending={sitting.complete.isPending} onClick={complete}>
          <Trans>Finish and see the result</Trans>
        </Button>
      )}
      <Button
        variant="outline"
        pending={sitting.keep.isPending}
        onClick={() => leave(sitting.keep)}
      >
        <Trans>Save and finish later</Trans>
      </Button>
      <Button variant="link" pending={sitting.stop.isPending} onClick={() => leave(sitting.stop)}>
        <Trans>Stop without finishing</Trans>
      </Button>
    </div>
  )
}

function LastTimeWords({ isFresh }: { isFresh: boolean }) {
  return (
    <p>
      {isFresh ? (
        <Trans>Ask it fresh: the answer of last time is beside each question.</Trans>
      ) : (
        <Trans>
          The answer of last time is beside each question. It counts today only once you have asked.
        </Trans>
      )}
    </p>
  )
}

/** Text typed for an assessment that is over is offered, never put into the next one automatically. */
function NotRecorded({ sitting }: { sitting: OpenAssessment }) {
  const { t } = useLingui()
  if (!sitting.notRecorded) return null
  return (
    <Notice
      tone="warning"
      title={t`Earlier answers were not saved`}
      actions={
        <>
          <Button variant="outline" onClick={sitting.takeOver}>
            <Trans>Use them here</Trans>
          </Button>
          <Button variant="link" onClick={sitting.throwAway}>
            <Trans>Delete them</Trans>
          </Button>
        </>
      }
    >
      <Trans>That assessment was finished with different answers. This one starts empty.</Trans>
    </Notice>
  )
}

function SaveProblem({ sitting, form }: { sitting: OpenAssessment; form: Form }) {
  const { t } = useLingui()
  const error = sitting.complete.error ?? sitting.keep.error ?? sitting.stop.error
  if (!error) return null
  if (error instanceof AnsweredByTwo)
    return <AnsweredByTwoNotice {...{ form, error }} onChoose={sitting.settleTwice} />
  if (error instanceof AlreadyCompleted)
    return (
      <Notice tone="warning" title={t`This was finished in another window`}>
        <Trans>Your answers are kept. Finish again to save them as a new assessment.</Trans>
      </Notice>
    )
  return (
    <Notice tone="danger" title={t`This was not saved`}>
      <Trans>Your answers are kept on this device. Try again.</Trans>
    </Notice>
  )
}
