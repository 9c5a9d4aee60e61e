import { answerText, type Form, type FormAnswers, hasAnswer } from '#domain/assessment/form.ts'
import { instruments } from '#domain/assessment/instruments.ts'
import type { Score } from '#domain/assessment/score.ts'

/** What an assessment suggests. It changes nothing until someone accepts it. */
export type Proposal =
  | Readonly<{ kind: 'need'; code: 'frailty-review' | 'low-mood' | 'worry' }>
  | Readonly<{ kind: 'goal'; code: 'own-words'; words: string }>

/** A suggestion on the record, and its decision. */
export type Suggestion = Readonly<{
  id: string
  versionId: string
  kind: 'need' | 'goal'
  code: string
  /** the text of the need or goal; the person’s own for `own-words` */
  words: string
  state: 'open' | 'accepted' | 'dismissed'
  /** why it was dismissed, in the words of the user who did */
  reason?: string
  /** id of the QuestionnaireResponse that it came from */
  from?: string
  at?: string
}>

/**
 * What these answers and their score suggest. PRISMA-7 of 3 or more asks for a further review (NICE NG56); PHQ-9 of 10
 * or more is the usual limit for a talk about support (Kroenke 2001); what a person would like to be able to do may
 * become a goal in exactly those words. A partial score suggests nothing.
 */
export function proposalsFrom(
  form: Pick<Form, 'url'>,
  answers: FormAnswers,
  score: Score | undefined,
): readonly Proposal[] {
  if (form.url === instruments.whatMatters.url) return fromWhatMatters(answers)
  if (score?.state !== 'complete') return []
  if (form.url === instruments.prisma7.url && score.value >= 3)
    return [{ kind: 'need', code: 'frailty-review' }]
  if (form.url === instruments.phq9.url && score.value >= 10)
    return [{ kind: 'need', code: 'low-mood' }]
  return []
}

function fromWhatMatters(answers: FormAnswers): readonly Proposal[] {
  const wish = answers['able-to-do']?.[0]
  const proposals: Proposal[] = []
  if (wish !== undefined && hasAnswer(answers, 'able-to-do') && answerText(wish).trim())
    proposals.push({ kind: 'goal', code: 'own-words', words: answerText(wish).trim() })
  if (answers['has-worry']?.[0] === true && hasAnswer(answers, 'worry'))
    proposals.push({ kind: 'need', code: 'worry' })
  return proposals
}

/** The text of a suggestion that no screen translates; for a goal and a worry, the person’s own. */
export function proposalWords(proposal: Proposal, answers: FormAnswers): string {
  if (proposal.kind === 'goal') return proposal.words
  if (proposal.code === 'frailty-review') return 'Living with frailty: further review'
  if (proposal.code === 'low-mood') return 'Low mood: talk about support'
  const worry = answers['worry']?.[0]
  return worry === undefined ? 'Something that worries the person' : answerText(worry)
}

/** One id for a suggestion and its source, so that it is created only once. */
export const suggestionId = (code: Proposal['code'], from: string): string => `${code}-${from}`
