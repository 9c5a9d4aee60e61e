import { Trans, useLingui } from '@lingui/react/macro'
import type { PersonAssessments } from '#client/queries/care-plan/assessments.ts'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import { enabledIds } from '#domain/assessment/enabled.ts'
import type { EvaluationFacts } from '#domain/assessment/expressions/evaluate-site.ts'
import { workOut } from '#domain/assessment/expressions/work-out.ts'
import { allQuestions, answerTexts, type Form, type FormQuestion } from '#domain/assessment/form.ts'
import type { AssessmentRecord } from '#domain/assessment/record.ts'
import type { WhoWasThere } from '#domain/assessment/response.ts'
import { AnsweredByWhom } from '#features/assessments/form/answered-by-whom.tsx'
import { LicenceLine } from '#features/assessments/licence-line.tsx'
import { MomentText } from '#features/assessments/moment-text.tsx'
import { SafetyActions, SafetyPanel } from '#features/assessments/safety/safety-panel.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { ScoreHistory } from './score-history.tsx'
import { ScoreMeaning } from './score-meaning.tsx'
import { SuggestionCard } from './suggestion-card.tsx'
import { WhatChanged } from './what-changed.tsx'

type Props = Readonly<{
  form: Form
  assessment: AssessmentRecord
  record: PersonAssessments
  person: string
  about: EvaluationFacts
}>

/** The result of one assessment: safety first, then the meaning, suggestions, and the answers themselves. */
export function ResultView({ form: plain, assessment, record, person, about }: Props) {
  const { t } = useLingui()
  const { form, answers } = workOut(plain, assessment.answers, about)
  const restrictionOf = useRestrictions()
  const flag = record.safety.find((each) => each.response === assessment.id)
  const isWaiting = flag !== undefined && flag.actions.length === 0
  const before = earlierThan(assessment, record)
  const suggestions = record.suggestions.filter((each) => each.from === assessment.id)
  return (
    <div className="assess-result">
      {flag && isWaiting && <SafetyPanel flag={flag} person={person} />}
      <PageHeading title={form.title} />
      <p className="assess-meta">
        <MomentText at={assessment.at} />
        {assessment.by && <>, {assessment.by}</>}
      </p>
      <Present there={assessment.there ?? {}} />
      <RestrictedMark restriction={restrictionOf(`QuestionnaireResponse/${assessment.id}`)} />
      {assessment.state === 'completed' ? (
        <ScoreMeaning form={form} answers={answers} />
      ) : (
        <EmptyState title={t`Not finished`}>
          <Trans>There is no score. The answers so far are kept below.</Trans>
        </EmptyState>
      )}
      {suggestions.length > 0 && (
        <section aria-labelledby="suggested-heading">
          <h2 id="suggested-heading">
            <Trans>What the answers suggest</Trans>
          </h2>
          <p>
            <Trans>Nothing changes until you decide. Talk about it with the person first.</Trans>
          </p>
          <ul className="assess-suggestions">
            {suggestions.map((each) => (
              <SuggestionCard key={each.id} suggestion={each} person={person} />
            ))}
          </ul>
        </section>
      )}
      {before[0] && <WhatChanged form={form} now={{ ...assessment, answers }} before={before[0]} />}
      {before.length > 0 && (
        <section aria-labelledby="history-heading">
          <h2 id="history-heading">
            <Trans>Over time</Trans>
          </h2>
          <ScoreHistory form={form} done={[assessment, ...before]} record={record} />
        </section>
      )}
      {flag && flag.actions.length > 0 && <SafetyActions flag={flag} person={person} />}
      <AnswerList form={form} assessment={{ ...assessment, answers }} />
      <LicenceLine form={form} />
      {isWaiting ? (
        <p className="assess-before-done">
          <Trans>Before you finish: record what was done about safety, above.</Trans>
        </p>
      ) : (
        <LinkButton to={`/people/${person}/assessments`}>
          <Trans>Done</Trans>
        </LinkButton>
      )}
    </div>
  )
}

function Present({ there }: { there: WhoWasThere }) {
  const { present, interpreter } = there
  return (
    <>
      {present && (
        <p className="assess-meta">
          <Trans>
            Present: <bdi>{present}</bdi>
          </Trans>
        </p>
      )}
      {interpreter && (
        <p className="assess-meta">
          <Trans>
            Interpreter: <bdi>{interpreter}</bdi>
          </Trans>
        </p>
      )}
    </>
  )
}

/** The completed ones of the same questionnaire before this one, newest first. */
const earlierThan = ({ url, at = '', state }: AssessmentRecord, record: PersonAssessments) =>
  state === 'completed'
    ? record.assessments.filter(
        (each) => each.url === url && each.state === 'completed' && (each.at ?? '') < at,
      )
    : []

function AnswerList({ form, assessment }: Pick<Props, 'form' | 'assessment'>) {
  const enabled = enabledIds(form, assessment.answers)
  const shown = allQuestions(form.items).filter(
    ({ linkId, type }) => enabled.has(linkId) && type !== 'group' && type !== 'display',
  )
  return (
    <section aria-labelledby="answers-heading">
      <h2 id="answers-heading">
        <Trans>Answers</Trans>
      </h2>
      <dl className="assess-answers">
        {shown.map((question) => (
          <div key={question.linkId}>
            <dt>{question.prefix ? `${question.prefix}. ${question.text}` : question.text}</dt>
            <dd>
              <Said question={question} assessment={assessment} />
              <AnsweredByWhom by={assessment.answeredBy?.get(question.linkId)} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Said({ question, assessment }: { question: FormQuestion; assessment: AssessmentRecord }) {
  const { t } = useLingui()
  const given = assessment.answers[question.linkId] ?? []
  if (given.length === 0) return <span className="assess-not-said">{t`Not answered`}</span>
  const [first] = given
  if (question.type === 'date' && typeof first === 'string') return <DateText date={first} />
  const texts = answerTexts(given)
  return given
    .map((answer, place) =>
      typeof answer === 'boolean' ? (answer ? t`Yes` : t`No`) : texts[place],
    )
    .join(', ')
}
