import { Trans, useLingui } from '@lingui/react/macro'
import { memo, useCallback, useLayoutEffect, useRef } from 'react'
import type { FirstAnswers } from '#domain/assessment/expressions/first-answers.ts'
import {
  type Answer,
  allQuestions,
  type Form,
  type FormAnswers,
  type FormQuestion,
} from '#domain/assessment/form.ts'
import type { Answerer } from '#domain/assessment/reassess/who-answered.ts'
import type { AssessmentRecord } from '#domain/assessment/record.ts'
import { withoutRound } from '#domain/assessment/shape/rounds.ts'
import { CalculatedValue } from '#features/assessments/fields/calculated-value.tsx'
import { FromRecord, QuestionField } from '#features/assessments/fields/question-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { AnsweredByWhom } from './answered-by-whom.tsx'
import { BesideLastTime } from './beside-last-time.tsx'
import { FirstAnswerNote } from './first-answer-note.tsx'

export type QuestionListProps = Readonly<{
  /** as it is worked out for these answers */
  form: Form
  questions: readonly FormQuestion[]
  enabled: ReadonlySet<string>
  answers: FormAnswers
  /** answers that the record gives: shown, not asked */
  known: FormAnswers
  /** answers that the record gave first: they can be corrected */
  first: FirstAnswers
  /** the answers of last time, shown beside each question */
  lastTime?: AssessmentRecord | undefined
  errors: ReadonlyMap<string, string>
  /** whose answers these are, where somebody else gave them */
  answeredBy?: ReadonlyMap<string, Answerer> | undefined
  onAnswer: (linkId: string, answers: readonly Answer[]) => void
  onAnswers: (answers: FormAnswers) => void
}>

export const fieldIdOf = (linkId: string) => `question-${linkId}`

const unanswered: readonly Answer[] = []

/** The questions that are asked now, in order; groups as headed sections. Only a question that changed is drawn again. */
export function QuestionList({ onAnswer, ...props }: QuestionListProps) {
  return <Questions {...props} onAnswer={useSteady(onAnswer)} />
}

type Say = QuestionListProps['onAnswer']

/** The same function for as long as the form is open; it does what the newest one does. */
function useSteady(newest: Say): Say {
  const latest = useRef(newest)
  useLayoutEffect(() => {
    latest.current = newest
  })
  return useCallback((linkId, given) => latest.current(linkId, given), [])
}

function Questions(props: QuestionListProps) {
  const shown = props.questions.filter((question) => props.enabled.has(question.linkId))
  return shown.map((question) => (
    <QuestionPart key={question.linkId} {...props} question={question} />
  ))
}

type PartProps = QuestionListProps & Readonly<{ question: FormQuestion }>

function QuestionPart(props: PartProps) {
  const { question } = props
  if (question.type === 'group') return <Group {...props} />
  if (question.type === 'display') return <p className="assess-display">{question.text}</p>
  return (
    <>
      <Asked {...props} />
      <Questions {...props} questions={question.items} />
    </>
  )
}

function Asked(props: PartProps) {
  const { form, question, answers, known, first, errors, lastTime, onAnswer } = props
  const { linkId, expressions } = question
  const fromRecord = known[linkId]
  if (fromRecord) return <FromRecord question={question} given={fromRecord} />
  const given = answers[linkId] ?? unanswered
  if (expressions?.calculated) return <CalculatedValue {...{ form, question, given }} />
  return (
    <>
      <BesideLastTime {...{ form, question, given, lastTime }} say={onAnswer}>
        <SteadyField question={question} given={given} error={errors.get(linkId)} say={onAnswer} />
      </BesideLastTime>
      <FirstAnswerNote first={first.get(linkId)} given={given} />
      <AnsweredByWhom by={props.answeredBy?.get(linkId)} isSentence />
    </>
  )
}

type FieldProps = Readonly<{
  question: FormQuestion
  given: readonly Answer[]
  error: string | undefined
  say: Say
}>

/** A field whose question, answer and error are as before is left as it is. */
const SteadyField = memo(function Field({ question, given, error, say }: FieldProps) {
  const { linkId } = question
  return (
    <QuestionField
      {...{ question, given, error }}
      fieldId={fieldIdOf(linkId)}
      onAnswer={(next) => say(linkId, next)}
    />
  )
})

function Group(props: PartProps) {
  const { t } = useLingui()
  const { question } = props
  const { text, round, linkId, items } = question
  const headingId = `${fieldIdOf(linkId)}-heading`
  const number = (round?.place ?? 0) + 1
  const heading = round && text ? t`${text}, number ${number}` : text
  return (
    <section className="assess-group" aria-labelledby={heading ? headingId : undefined}>
      {heading && <h2 id={headingId}>{heading}</h2>}
      <Questions {...props} questions={items} />
      {round && <RoundButtons {...props} round={round} />}
    </section>
  )
}

/** Another round after the last one; each but the only one can be taken out. */
function RoundButtons({
  form,
  question,
  answers,
  round,
  onAnswers,
}: PartProps & { round: NonNullable<FormQuestion['round']> }) {
  const { place, of, group } = round
  const name = question.text
  const number = place + 1
  return (
    <div className="assess-actions">
      {place === of - 1 && (
        <Button variant="outline" onClick={() => onAnswers({ ...answers, [group]: [of + 1] })}>
          <Trans>Add another: {name}</Trans>
        </Button>
      )}
      {of > 1 && (
        <Button
          variant="link"
          onClick={() => onAnswers(withoutRound(answers, question, allQuestions(form.items)))}
        >
          <Trans>
            Remove {name}, number {number}
          </Trans>
        </Button>
      )}
    </div>
  )
}
