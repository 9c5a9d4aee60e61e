import { allQuestions, answerText, type Form, type FormAnswers } from '#domain/assessment/form.ts'
import { phq9Item9 } from '#domain/assessment/instruments.ts'
import { pointsOf } from '#domain/assessment/score.ts'

/** An answer that must be acted on at once, whatever the total says and whether or not the questionnaire was finished. */
export type SafetyConcern = Readonly<{ code: 'phq-9-item-9'; linkId: string; said: string }>

/**
 * PHQ-9 item 9 (thoughts of being better off dead or of self-harm): anything above "not at all" needs a conversation
 * about safety now. This holds for every version of the questionnaire: a new version must not switch it off.
 */
export function safetyConcern(form: Form, answers: FormAnswers): SafetyConcern | undefined {
  // its questionnaire does not matter: the code of the item is LOINC's
  const question = allQuestions(form.items).find((each) => isItem9(each.linkId))
  const answer = question && answers[question.linkId]?.[0]
  if (!question || answer === undefined) return undefined
  const points = pointsOf({ method: 'sum-of-ordinals' }, question, answer)
  // an answer whose weight cannot be read is treated as a concern, not as none
  if (points === 0) return undefined
  return { code: 'phq-9-item-9', linkId: question.linkId, said: answerText(answer) }
}

const isItem9 = (linkId: string) => linkId.split('/').at(-1) === phq9Item9
