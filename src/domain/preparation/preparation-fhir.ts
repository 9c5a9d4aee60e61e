import type {
  Communication,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
} from '@medplum/fhirtypes'
import { hasMessageCategory } from '#domain/agreement/comment-message.ts'
import {
  extensionOf,
  given,
  helperExtension,
  helperIn,
  idIn,
  ownCode,
  recordFrom,
  referenceTo,
  whoFrom,
  withExtensions,
  writtenExtension,
} from '#domain/fhir/references-and-extensions.ts'
import type { RecordKind } from '#domain/plan/record-kind.ts'
import type { Preparation, QuestionAnswer } from './preparation.ts'
import { type PreparationPrompt, preparationPrompts, prepareForm, promptTexts } from './prompts.ts'

export const isPreparation = ({ questionnaire, status }: QuestionnaireResponse): boolean =>
  questionnaire?.split('|')[0] === prepareForm.url && status !== 'entered-in-error'

/** The day that the conversation was planned for when this was written. */
export const plannedDayIn = (response: QuestionnaireResponse): string =>
  extensionOf(response, 'for-conversation')?.valueDate ?? ''

export function preparationFromFhir(response: QuestionnaireResponse): Preparation {
  const answersOf = (linkId: string) =>
    response.item?.find((each) => each.linkId === linkId)?.answer ?? []
  const answers = preparationPrompts.flatMap((prompt) => {
    const words = answersOf(prompt)[0]?.valueString
    return words ? [[prompt, words] as const] : []
  })
  return {
    ...recordFrom(response, response.author),
    person: idIn(response.subject?.reference),
    plan: idIn(response.basedOn?.[0]?.reference),
    forDay: plannedDayIn(response),
    ...given('by', whoFrom(response.author)),
    ...given('saidBy', whoFrom(response.source ?? response.author)),
    ...given('supportedBy', helperIn(response)),
    asks: answersOf('ask').flatMap(({ valueString }) => valueString ?? []),
    answers: Object.fromEntries(answers) as Partial<Record<PreparationPrompt, string>>,
    ...given('confident', answersOf('confident')[0]?.valueInteger),
    ...given('kept', response.meta?.lastUpdated),
  }
}

function itemsOf({ asks, answers, confident }: Preparation): QuestionnaireResponseItem[] {
  const said = asks.map((each) => each.trim()).filter(Boolean)
  const item = (
    linkId: keyof typeof promptTexts,
    answer: QuestionnaireResponseItem['answer'],
  ): QuestionnaireResponseItem[] =>
    answer?.length ? [{ linkId, text: promptTexts[linkId], answer }] : []
  return [
    ...item(
      'ask',
      said.map((valueString) => ({ valueString })),
    ),
    ...preparationPrompts.flatMap((prompt) => {
      const words = answers[prompt]?.trim()
      return item(prompt, words ? [{ valueString: words }] : [])
    }),
    ...item('confident', confident === undefined ? [] : [{ valueInteger: confident }]),
  ]
}

function preparationToFhir(
  preparation: Preparation,
  onto?: QuestionnaireResponse,
): QuestionnaireResponse & { id: string } {
  const { item: _before, ...rest } = onto ?? {}
  const { id, person, plan, forDay, by, saidBy, written } = preparation
  const item = itemsOf(preparation)
  return {
    ...rest,
    ...{ resourceType: 'QuestionnaireResponse', id, status: 'completed' },
    questionnaire: `${prepareForm.url}|${prepareForm.version}`,
    subject: { reference: `Patient/${person}` },
    basedOn: [{ reference: `CarePlan/${plan}` }],
    ...(by ? { author: referenceTo(by) } : {}),
    ...(saidBy ? { source: referenceTo(saidBy) } : {}),
    ...given('authored', written?.at),
    ...(item.length > 0 ? { item } : {}),
    ...withExtensions(onto, {
      'for-conversation': [{ valueDate: forDay }],
      'supported-by': helperExtension(preparation.supportedBy),
      written: writtenExtension(written),
    }),
  }
}

export const preparationKind: RecordKind<Preparation, QuestionnaireResponse> = {
  type: 'QuestionnaireResponse',
  fromFhir: preparationFromFhir,
  toFhir: preparationToFhir,
}

/** A question that somebody prepared, answered in words. */
export function questionAnswerFromFhir(message: Communication): QuestionAnswer | undefined {
  const by = whoFrom(message.sender)
  const at = message.sent ?? message.meta?.lastUpdated
  if (!hasMessageCategory(message, 'question-answer') || !by || !at) return undefined
  if (message.status === 'entered-in-error') return undefined
  return {
    ...{ id: message.id ?? '', person: idIn(message.subject?.reference), by, at },
    preparation: idIn(message.about?.[0]?.reference),
    question: extensionOf(message, 'question')?.valueString ?? '',
    words: message.payload?.[0]?.contentString ?? '',
  }
}

/** About the preparation: so it is as open as that is. The question stands in the words in which it was asked. */
export function questionAnswerToFhir(answer: QuestionAnswer): Communication & { id: string } {
  return {
    ...{ resourceType: 'Communication', id: answer.id, status: 'completed' },
    category: [ownCode('question-answer')],
    subject: { reference: `Patient/${answer.person}` },
    about: [{ reference: `QuestionnaireResponse/${answer.preparation}` }],
    ...{ sender: referenceTo(answer.by), sent: answer.at },
    payload: [{ contentString: answer.words }],
    ...withExtensions(undefined, { question: [{ valueString: answer.question }] }),
  }
}
