import type { Answer, FormAnswers, FormQuestion } from '#domain/assessment/form.ts'
import { FromRecord, QuestionField } from './question-field.tsx'

type Props = Readonly<{
  questions: readonly FormQuestion[]
  enabled: ReadonlySet<string>
  answers: FormAnswers
  /** answers that the record gives: shown, not asked */
  known: FormAnswers
  errors: ReadonlyMap<string, string>
  onAnswer: (linkId: string, answers: readonly Answer[]) => void
}>

export const fieldIdOf = (linkId: string) => `question-${linkId}`

/** The questions that are asked now, in order; groups as headed sections. */
export function QuestionList(props: Props) {
  const asked = props.questions.filter((question) => props.enabled.has(question.linkId))
  return asked.map((question) => (
    <QuestionPart key={question.linkId} {...props} question={question} />
  ))
}

function QuestionPart(props: Props & { question: FormQuestion }) {
  const { question, answers, errors, onAnswer, ...rest } = props
  const fromRecord = rest.known[question.linkId]
  const children = (
    <QuestionList {...rest} {...{ answers, errors, onAnswer }} questions={question.items} />
  )
  if (question.type === 'group') {
    const headingId = `${fieldIdOf(question.linkId)}-heading`
    return (
      <section className="assess-group" aria-labelledby={question.text ? headingId : undefined}>
        {question.text && <h2 id={headingId}>{question.text}</h2>}
        {children}
      </section>
    )
  }
  if (question.type === 'display') return <p className="assess-display">{question.text}</p>
  return (
    <>
      {fromRecord ? (
        <FromRecord question={question} given={fromRecord} />
      ) : (
        <QuestionField
          question={question}
          fieldId={fieldIdOf(question.linkId)}
          given={answers[question.linkId] ?? []}
          error={errors.get(question.linkId)}
          onAnswer={(given) => onAnswer(question.linkId, given)}
        />
      )}
      {children}
    </>
  )
}
