import { allQuestions, type Form, type FormQuestion, takesAnswer } from '#domain/assessment/form.ts'
import type { ScoreRule } from '#domain/assessment/instruments/score-rule.ts'
import { type AnswerCondition, conditionFrom, conditionLine, saidBy } from './answer-condition.ts'

type Asked = Readonly<{ form: Form; score: ScoreRule | undefined }>

/** Why these lines cannot be conditions on the answers to this form, in words; empty if they can. */
export function faultsInConditions(lines: readonly string[], asked: Asked): readonly string[] {
  return lines.flatMap((line) => {
    const condition = conditionFrom(line)
    if (!condition) return [`“${line}” is no condition. Write for example: fallen is yes`]
    const fault = faultIn(condition, asked)
    return fault ? [`“${conditionLine(condition)}”: ${fault}`] : []
  })
}

function faultIn(condition: AnswerCondition, asked: Asked): string | undefined {
  switch (condition.on) {
    case 'band':
      return faultInBand(condition.among, asked.score)
    case 'score':
      if (!asked.score) return 'this assessment has no score'
      return faultInLimits(condition, asked.score)
    default:
      return faultInQuestion(condition, asked.form)
  }
}

type Limits = Readonly<{ from?: number; to?: number }>
type Bounds = Readonly<{ min?: number | string; max?: number | string }>

function faultInBand(among: readonly string[], score: ScoreRule | undefined): string | undefined {
  if (!score) return 'this assessment has no score'
  const bands = score.bands.map(({ code }) => code)
  const strange = among.filter((each) => !bands.includes(each))
  return strange.length > 0
    ? `there is no band ${strange[0]}. There are ${bands.join(', ')}`
    : undefined
}

function faultInLimits({ from, to }: Limits, { min, max }: Bounds): string | undefined {
  if (from !== undefined && to !== undefined && from > to) return 'from is more than to'
  const isOut = [from, to].some(
    (each) =>
      each !== undefined &&
      ((typeof min === 'number' && each < min) || (typeof max === 'number' && each > max)),
  )
  if (isOut) return `numbers go from ${min ?? 'any'} to ${max ?? 'any'} here`
  return [from, to].some((each) => each !== undefined && Math.abs(each) > mostNumber)
    ? 'the number is too large'
    : undefined
}

const mostNumber = 1_000_000
const numbers: readonly FormQuestion['type'][] = ['integer', 'decimal', 'quantity']

function faultInQuestion(
  condition: Extract<AnswerCondition, { question: string }>,
  form: Form,
): string | undefined {
  const question = allQuestions(form.items).find(({ linkId }) => linkId === condition.question)
  if (!question || !takesAnswer(question)) return 'this assessment has no such question'
  if (condition.on === 'words') return undefined
  if (condition.on === 'number')
    return numbers.includes(question.type)
      ? faultInLimits(condition, question)
      : 'this question has no number for an answer'
  const known = question.type === 'boolean' ? ['yes', 'no'] : question.options.map(saidOption)
  const strange = condition.is.filter((each) => !known.includes(each))
  return strange.length > 0
    ? `no such answer: ${strange[0]}. There are ${known.join(', ')}`
    : undefined
}

const saidOption = ({ answer }: FormQuestion['options'][number]) => saidBy(answer)
