import { enabledIds } from '#domain/assessment/enabled.ts'
import {
  type Answer,
  allQuestions,
  type Form,
  type FormAnswers,
  type FormQuestion,
  hasAnswer,
  sameAnswer,
  takesAnswer,
} from '#domain/assessment/form.ts'
import { instrumentAt } from '#domain/assessment/instruments/library.ts'
import type { AssessmentRecord } from '#domain/assessment/record.ts'
import { ruleFor } from '#domain/assessment/score.ts'

/** The newest completed assessment with the same questions, before this one. */
export const lastTimeOf = (
  { url }: Pick<Form, 'url'>,
  record: readonly AssessmentRecord[],
  before?: Readonly<{ id: string; at?: string }>,
): AssessmentRecord | undefined =>
  record
    .filter(
      (each) =>
        each.url === url &&
        each.state === 'completed' &&
        each.id !== before?.id &&
        (before?.at === undefined || (each.at ?? '') < before.at),
    )
    .toSorted((one, other) => (other.at ?? '').localeCompare(one.at ?? ''))[0]

/** What these ask about is over in days: an old answer is no answer. */
const fresh: readonly string[] = ['mood', 'wellbeing', 'pain', 'cognition', 'hospital']

/** Always asked again, nothing is taken over: mood, wellbeing, pain, thinking, and readings. */
export const isAskedFresh = ({ url }: Pick<Form, 'url'>): boolean =>
  fresh.includes(instrumentAt(url)?.topic ?? '')

/** How an answer compares with the one before. `changed`: which way is not known. */
export type AnswerChange = 'same' | 'better' | 'worse' | 'changed' | 'new'

type Two = Readonly<{ before: readonly Answer[]; now: readonly Answer[] }>

/** Undefined while there is nothing to compare. */
export function answerChange(
  form: Form,
  question: FormQuestion,
  { before, now }: Two,
): AnswerChange | undefined {
  const [old] = before
  const [said] = now
  if (said === undefined || said === '') return undefined
  if (old === undefined) return 'new'
  const isSame =
    before.length === now.length &&
    before.every((each) => now.some((other) => sameAnswer(each, other)))
  if (isSame) return 'same'
  const [was, is] = [burdenOf(form, question, old), burdenOf(form, question, said)]
  if (was === undefined || is === undefined || was === is) return 'changed'
  return is > was ? 'worse' : 'better'
}

/** The higher, the worse; undefined where nobody has said which way is worse. */
function burdenOf(form: Form, { linkId, options }: FormQuestion, answer: Answer) {
  const worse = instrumentAt(form.url)?.worse?.[linkId]
  const points = pointsIn(options, answer)
  if (points === undefined) return undefined
  if (worse !== undefined) return worse === 'no' ? -points : points
  const { better, items = [] } = ruleFor(form) ?? {}
  if (!better || !items.includes(linkId)) return undefined
  return better === 'lower' ? points : -points
}

function pointsIn(options: FormQuestion['options'], answer: Answer): number | undefined {
  if (typeof answer === 'boolean') return Number(answer)
  if (typeof answer === 'number') return answer
  return options.find((option) => sameAnswer(option.answer, answer))?.ordinal
}

/** Answers that differ from last time, in reading order. */
export function changedAnswers(
  form: Form,
  before: FormAnswers,
  now: FormAnswers,
): readonly Readonly<{ question: FormQuestion; change: AnswerChange }>[] {
  const enabled = enabledIds(form, now)
  return allQuestions(form.items)
    .filter((each) => takesAnswer(each) && enabled.has(each.linkId) && hasAnswer(now, each.linkId))
    .flatMap((question) => {
      const { linkId } = question
      const two = { before: before[linkId] ?? [], now: now[linkId] ?? [] }
      const change = answerChange(form, question, two)
      return change === undefined || change === 'same' ? [] : [{ question, change }]
    })
}
