import type { Answer, FormQuestion } from '#domain/assessment/form.ts'

export type QuestionFieldProps = Readonly<{
  question: FormQuestion
  /** unique on the page; the error summary leads here */
  fieldId: string
  given: readonly Answer[]
  error: string | undefined
  onAnswer: (answers: readonly Answer[]) => void
}>
