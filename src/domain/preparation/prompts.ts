import type { Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes'
import { gableUrl } from '#domain/fhir/codes.ts'

/** What somebody is asked to think about before a conversation: open questions, each answered in words. */
export type PreparationPrompt = 'well' | 'hard' | 'matters' | 'worry' | 'if'
export const preparationPrompts: readonly PreparationPrompt[] = [
  ...['matters', 'well', 'hard', 'worry', 'if'],
] as const satisfies readonly PreparationPrompt[]

/** Our own words, not those of a published questionnaire. Screens have them in the reader's language. */
export const promptTexts: Readonly<Record<PreparationPrompt | 'ask' | 'confident', string>> = {
  ask: 'What I want to ask',
  matters: 'What matters most to me now',
  well: 'What is going well',
  hard: 'What is hard just now',
  worry: 'What I worry about',
  confident: 'How sure I feel that I can manage, from 0 (not at all) to 10 (very sure)',
  if: 'If things get worse, what I want to happen',
}

/** The questions of the conversation forms: changed wording makes a new version, never an edit. */
export const prepareForm = {
  ...{ id: 'prepare', url: gableUrl('Questionnaire/prepare'), version: '1.0' },
} as const
export const afterForm = {
  id: 'after-conversation',
  url: gableUrl('Questionnaire/after-conversation'),
  version: '1.1',
} as const

/** True for a form that belongs to a conversation: it is not among the assessments that staff carry out. */
export const isConversationForm = (canonical: string | undefined): boolean =>
  [prepareForm.url, afterForm.url].some((url) => canonical?.split('|')[0] === url)

const inWords = (linkId: PreparationPrompt): QuestionnaireItem => ({
  ...{ linkId, type: 'text', text: promptTexts[linkId] },
})

const both = {
  resourceType: 'Questionnaire',
  ...{ status: 'active', subjectType: ['Patient'], date: '2026-11-29' },
} satisfies Questionnaire

export const prepareQuestionnaire: Questionnaire & { id: string } = {
  ...both,
  ...prepareForm,
  ...{ name: 'Prepare', title: 'Get ready for our conversation' },
  description: 'What the person, or a carer, wants to talk about at the next review.',
  item: [
    { linkId: 'ask', type: 'string', repeats: true, text: promptTexts.ask },
    ...preparationPrompts.map(inWords),
    { linkId: 'confident', type: 'integer', text: promptTexts.confident },
  ],
}

export const afterTexts = {
  talked: 'Did we talk about what matters to you?',
  decided: 'Did you decide together?',
  words: 'What was good, what should change?',
} as const

const grades = ['yes', 'partly', 'no'].map((code) => ({
  valueCoding: { system: gableUrl('codes/how-far'), code },
}))

export const afterQuestionnaire: Questionnaire & { id: string } = {
  ...both,
  ...afterForm,
  ...{ name: 'AfterConversation', title: 'After our conversation' },
  description:
    'Two questions to the person about a conversation that took place, and room for their own words.',
  item: [
    ...(['talked', 'decided'] as const).map(
      (linkId): QuestionnaireItem => ({
        ...{ linkId, type: 'choice', required: true, text: afterTexts[linkId] },
        answerOption: grades,
      }),
    ),
    { linkId: 'words', type: 'text', text: afterTexts.words },
  ],
}
