import type { PlanRecord, Who } from '#domain/plan/plan.ts'
import { type PreparationPrompt, preparationPrompts } from './prompts.ts'

/** What somebody wrote at home before a planned conversation about the plan. */
export type Preparation = PlanRecord &
  Readonly<{
    person: string
    plan: string
    /** the planned day when it was written, `YYYY-MM-DD` */
    forDay: string
    /** who wrote it down */
    by?: Who
    /** whose words they are: the person’s, or the carer’s own */
    saidBy?: Who
    /** who helped to write it */
    supportedBy?: Who
    /** what they want to ask, one question each */
    asks: readonly string[]
    answers: Readonly<Partial<Record<PreparationPrompt, string>>>
    /** 0 to 10 */
    confident?: number
    /** when the server stored it */
    kept?: string
  }>

/** One record for each author and planned conversation, so that two devices change the same one. */
export function preparationIdFor(reference: string, forDay: string): string {
  const [type = '', id = ''] = reference.split('/')
  const day = forDay.replaceAll('-', '')
  const start = `${type === 'RelatedPerson' ? 'prepare-c' : 'prepare'}-${id}`.slice(0, 55)
  return `${start}-${day}`
}

export const hasWords = ({ asks, answers, confident }: Preparation): boolean =>
  asks.some((each) => each.trim() !== '') ||
  preparationPrompts.some((prompt) => (answers[prompt] ?? '').trim() !== '') ||
  confident !== undefined

/** A question that somebody prepared, and what it was answered. */
export type AskedQuestion = Readonly<{
  preparation: string
  question: string
  by?: Who
  at?: string
  answer?: QuestionAnswer
}>

export type QuestionAnswer = Readonly<{
  id: string
  person: string
  preparation: string
  question: string
  words: string
  by: Who
  at: string
}>

/** The same question, however it is spaced or capitalised. */
const folded = (text: string) => text.trim().replace(/\s+/g, ' ').toLowerCase()

/**
 * Every question that was prepared, the person’s own first, then the oldest: it stays on the agenda until somebody
 * answers it in words.
 */
export function askedQuestions(
  preparations: readonly Preparation[],
  answers: readonly QuestionAnswer[],
): readonly AskedQuestion[] {
  const rank = ({ saidBy }: Preparation) => (saidBy?.voice === 'carer' ? 1 : 0)
  return preparations
    .toSorted(
      (one, other) => rank(one) - rank(other) || writtenAt(one).localeCompare(writtenAt(other)),
    )
    .flatMap((preparation) =>
      preparation.asks
        .filter((question) => question.trim() !== '')
        .map((question) => askedQuestion(preparation, question, answers)),
    )
}

const writtenAt = ({ written }: Preparation) => written?.at ?? ''

function askedQuestion(
  { id, saidBy, written }: Preparation,
  question: string,
  answers: readonly QuestionAnswer[],
): AskedQuestion {
  const answer = answers
    .filter((each) => each.preparation === id && folded(each.question) === folded(question))
    .toSorted((one, other) => other.at.localeCompare(one.at))[0]
  return {
    ...{ preparation: id, question },
    ...(saidBy ? { by: saidBy } : {}),
    ...(written ? { at: written.at } : {}),
    ...(answer ? { answer } : {}),
  }
}

export const unanswered = (asked: readonly AskedQuestion[]): readonly AskedQuestion[] =>
  asked.filter(({ answer }) => !answer)

/** A conversation that was held: as its writer dated it, and as the server stored it. */
type Held = Readonly<{ at: string; kept?: string }>

/**
 * What was prepared for the conversation that comes next. Devices have wrong clocks: it belongs to one that was held
 * only if both its own date and the server’s say so.
 */
export function preparedFor(
  preparations: readonly Preparation[],
  held: readonly Held[],
): readonly Preparation[] {
  const isOver = (each: Preparation) =>
    held.some(({ at, kept }) => {
      const saysSo = Date.parse(writtenAt(each)) < Date.parse(at)
      return saysSo && (!each.kept || !kept || Date.parse(each.kept) <= Date.parse(kept))
    })
  return preparations.filter((each) => !isOver(each))
}
