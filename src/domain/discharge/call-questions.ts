/**
 * What to ask after a stay, in our own words, to say aloud.
 * @unverified call-script
 */
export const callQuestions = {
  'how-are-you': ['better', 'same', 'worse'],
  medicines: ['went-through', 'not-now'],
  'if-worse': ['knows', 'told-today', 'does-not-know'],
  'at-home': ['yes-to-all', 'not-all'],
  'next-step': ['knows', 'told-today', 'does-not-know'],
  carer: ['managing', 'worn-out', 'cannot-go-on', 'no-carer'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type CallQuestion = keyof typeof callQuestions
export type CallChoice = (typeof callQuestions)[CallQuestion][number]
export const callQuestionNames = Object.keys(callQuestions) as CallQuestion[]

/** One answer, with the person’s own words if there are any. */
export type CallAnswer = Readonly<{ question: CallQuestion; choice: CallChoice; words: string }>

export const isCallAnswer = (question: string, choice: string): boolean =>
  (callQuestions as Readonly<Record<string, readonly string[]>>)[question]?.includes(choice) ??
  false

/** An answer after which somebody has to do something: the plan, the medicines or the carer need a look. */
const worrying: readonly CallChoice[] = [
  ...(['worse', 'does-not-know', 'not-all', 'worn-out', 'cannot-go-on'] as const),
]
export const isWorrying = ({ choice }: CallAnswer): boolean => worrying.includes(choice)
