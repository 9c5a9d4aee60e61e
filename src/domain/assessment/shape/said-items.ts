import type { QuestionnaireResponse, QuestionnaireResponseItem } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'

type Answer = NonNullable<QuestionnaireResponseItem['answer']>[number]

/** The answers of a flat form with our own link ids: words, yes or no, or how something is and words about it. */
const answersTo = ({ item = [] }: QuestionnaireResponse, linkId: string): readonly Answer[] =>
  item.find((each) => each.linkId === linkId)?.answer ?? []

export const saidWordsIn = (response: QuestionnaireResponse, linkId: string): string =>
  answersTo(response, linkId)[0]?.valueString ?? ''

export function yesOrNoIn(
  response: QuestionnaireResponse,
  linkId: string,
): 'yes' | 'no' | undefined {
  const value = answersTo(response, linkId)[0]?.valueBoolean
  if (value === undefined) return undefined
  return value ? 'yes' : 'no'
}

type Finding<State extends string> = Readonly<{ state?: State; words: string }>

export function findingIn<State extends string>(
  response: QuestionnaireResponse,
  linkId: string,
  states: readonly State[],
): Finding<State> | undefined {
  const given = answersTo(response, linkId)
  const code = given.find((each) => each.valueCoding)?.valueCoding?.code
  const state = states.find((each) => each === code)
  const words = given.find((each) => each.valueString)?.valueString ?? ''
  return state || words ? { ...(state ? { state } : {}), words } : undefined
}

const said = (words: string): Answer[] => (words.trim() ? [{ valueString: words.trim() }] : [])

/** Writes such answers, each with the question that was asked; what was not answered is left out. */
export function saidItems<LinkId extends string>(questions: Readonly<Record<LinkId, string>>) {
  const item = (linkId: LinkId, answer: Answer[]): QuestionnaireResponseItem[] =>
    answer.length > 0 ? [{ linkId, text: questions[linkId], answer }] : []
  return {
    words: (linkId: LinkId, words: string) => item(linkId, said(words)),
    yesOrNo: (linkId: LinkId, value: 'yes' | 'no' | undefined) =>
      item(linkId, value ? [{ valueBoolean: value === 'yes' }] : []),
    finding: (linkId: LinkId, found: Finding<string> | undefined) =>
      item(linkId, [
        ...(found?.state ? [{ valueCoding: { system: gableCodeSystem, code: found.state } }] : []),
        ...said(found?.words ?? ''),
      ]),
  }
}
