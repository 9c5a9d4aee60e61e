import type {
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  Reference,
} from '@medplum/fhirtypes'
import { gableUrl } from '#domain/fhir/codes.ts'
import {
  extensionOf,
  given,
  idIn,
  referenceTo,
  whoFrom,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'
import { afterForm, afterTexts } from './prompts.ts'

/** How far something was so, in the person’s view. */
export type HowFar = 'yes' | 'partly' | 'no'
export const howFars: readonly HowFar[] = ['yes', 'partly', 'no']

/** How the person answered: on their own page, on a screen turned to them, or on paper. */
export type AfterWay = 'own' | 'screen' | 'paper'

/** What the person says about one conversation, given once. */
export type AfterConversation = Readonly<{
  person: string
  /** id of the review that was held */
  review: string
  talked: HowFar
  decided: HowFar
  words: string
  by: Who
  way: AfterWay
  at: string
  /** the language of the page on which the words were written */
  language?: string
  /** the person lets these words be shown without the name */
  mayShow?: boolean
}>

const leave = 'leave-to-show'

/** One answer for each conversation. */
export const afterIdFor = (review: string): string => `after-${review}`.slice(0, 64)

export const isAfterConversation = ({ questionnaire }: QuestionnaireResponse): boolean =>
  questionnaire?.split('|')[0] === afterForm.url

/** The review that the answers are about. */
export const reviewIn = (response: QuestionnaireResponse): string =>
  idIn(extensionOf(response, 'about')?.valueReference?.reference)

const howFarIn = (response: QuestionnaireResponse, linkId: string): HowFar | undefined => {
  const code = response.item?.find((each) => each.linkId === linkId)?.answer?.[0]?.valueCoding?.code
  return howFars.find((each) => each === code)
}

/** Whether both questions are answered in a way that can be counted. */
export const areBothAnswered = (response: QuestionnaireResponse): boolean =>
  howFarIn(response, 'talked') !== undefined && howFarIn(response, 'decided') !== undefined

export function afterFromFhir(response: QuestionnaireResponse): AfterConversation | undefined {
  const by = whoFrom(response.author)
  const [talked, decided] = [howFarIn(response, 'talked'), howFarIn(response, 'decided')]
  if (!isAfterConversation(response) || !by || !talked || !decided) return undefined
  if (response.status === 'entered-in-error') return undefined
  const way = extensionOf(response, 'answered-on')?.valueCode
  return {
    person: idIn(response.subject?.reference),
    review: reviewIn(response),
    ...{ talked, decided, by },
    words: response.item?.find((each) => each.linkId === 'words')?.answer?.[0]?.valueString ?? '',
    way: way === 'screen' || way === 'paper' ? way : 'own',
    at: response.authored ?? '',
    ...(response.language ? { language: response.language } : {}),
    mayShow: isLeaveGiven(response),
  }
}

/** The person lets the words be shown, without the name, to all who work for a partner. */
export const isLeaveGiven = (response: QuestionnaireResponse): boolean =>
  extensionOf(response, leave)?.valueBoolean === true

/** The same answer with the leave, or without it. */
export const withLeave = (
  response: QuestionnaireResponse & { id: string },
  mayShow: boolean,
): QuestionnaireResponse & { id: string } => ({
  ...response,
  ...withExtensions(response, { [leave]: mayShow ? [{ valueBoolean: true }] : [] }),
})

export function afterToFhir(after: AfterConversation): QuestionnaireResponse & { id: string } {
  const { person, review, talked, decided, words, by, way, at, language, mayShow } = after
  const choice = (linkId: 'talked' | 'decided', code: HowFar): QuestionnaireResponseItem => ({
    ...{ linkId, text: afterTexts[linkId] },
    answer: [{ valueCoding: { system: gableUrl('codes/how-far'), code } }],
  })
  const patient: Reference = { reference: `Patient/${person}` }
  return {
    ...{ resourceType: 'QuestionnaireResponse', id: afterIdFor(review), status: 'completed' },
    questionnaire: `${afterForm.url}|${afterForm.version}`,
    subject: patient,
    source: patient as NonNullable<QuestionnaireResponse['source']>,
    author: referenceTo(by),
    ...given('authored', at),
    ...(language ? { language } : {}),
    item: [
      choice('talked', talked),
      choice('decided', decided),
      ...(words.trim()
        ? [{ linkId: 'words', text: afterTexts.words, answer: [{ valueString: words.trim() }] }]
        : []),
    ],
    ...withExtensions(undefined, {
      about: [{ valueReference: { reference: `Communication/${review}` } }],
      'answered-on': way === 'own' ? [] : [{ valueCode: way }],
      [leave]: mayShow && words.trim() ? [{ valueBoolean: true }] : [],
    }),
  }
}
