import { answerText, type FormAnswers, hasAnswer } from '#domain/assessment/form.ts'
import { instruments } from '#domain/assessment/instruments.ts'
import type { SuggestedKind } from './answer-rule/answer-rule.ts'

/** What a form suggests in the person’s own words, whatever the rules say. */
type OwnProposal = Readonly<{
  kind: 'need' | 'goal'
  code: 'own-words' | 'worry'
  words: string
}>

/** A suggestion on the record, and its decision. */
export type Suggestion = Readonly<{
  id: string
  versionId: string
  kind: SuggestedKind
  /** the rule that made it */
  code: string
  /** the text of what it becomes; the person’s own for `own-words` */
  words: string
  state: 'open' | 'accepted' | 'dismissed'
  /** why, in words */
  because?: string
  /** for a task: within so many days */
  days?: number
  /** for an assessment: address of the questionnaire to ask next */
  next?: string
  /** a number in its rule was not checked against the source */
  isUnverified?: boolean
  /** why it was dismissed, in the words of the user who did */
  reason?: string
  /** `Type/id` of what it became */
  became?: string
  /** id of the QuestionnaireResponse that it came from */
  from?: string
  at?: string
}>

/** What a person would like to be able to do may become a goal, and a worry a need, in exactly those words. */
export function ownProposals(url: string, answers: FormAnswers): readonly OwnProposal[] {
  if (url !== instruments.whatMatters.url) return []
  const said = (linkId: string) => {
    const [answer] = answers[linkId] ?? []
    return answer !== undefined && hasAnswer(answers, linkId) ? answerText(answer).trim() : ''
  }
  const wish = said('able-to-do')
  const worry = answers['has-worry']?.[0] === true ? said('worry') : ''
  return [
    ...(wish ? [{ kind: 'goal', code: 'own-words', words: wish } as const] : []),
    ...(worry ? [{ kind: 'need', code: 'worry', words: worry } as const] : []),
  ]
}

/** Rules that had ids of their own before rules were data. */
const firstCodes: readonly string[] = ['frailty-review', 'low-mood', 'own-words', 'worry']

/** One id for a suggestion and its source, so that it is created only once. */
export const suggestionId = (code: string, from: string): string =>
  firstCodes.includes(code) ? `${code}-${from}` : `as-${from}-by-${code}`

/** The ids of the task, and of the request, that a suggestion becomes: accepted twice, it is still one. */
export const becomesTaskId = ({ id }: Pick<Suggestion, 'id'>): string => id.replace(/^as-/, 'do-')
export const becomesRequestId = ({ id }: Pick<Suggestion, 'id'>): string =>
  id.replace(/^as-/, 'to-')
