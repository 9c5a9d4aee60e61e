import type {
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
  Reference,
} from '@medplum/fhirtypes'
import { addDigits, digitsAt, numbersOf } from '#domain/decimal/digits.ts'
import { gableUrl } from '#domain/fhir/codes.ts'
import { enabledIds } from './enabled.ts'
import { answerFromFhir } from './fhir.ts'
import {
  type Answer,
  type Form,
  type FormAnswers,
  type FormQuantity,
  type FormQuestion,
  isCoded,
  isGiven,
  isQuantity,
  type QuestionType,
  writtenIdOf,
} from './form.ts'
import { isMoment, timeWritten } from './shape/moments.ts'
import { keyInRound } from './shape/rounds.ts'

export type ResponseFacts = Readonly<{
  id: string
  form: Form
  answers: FormAnswers
  status: 'in-progress' | 'completed' | 'amended' | 'stopped'
  person: string
  author: Reference
  /** instant, ISO 8601 */
  authored: string
  /** who was there, and who interpreted, in words */
  there?: WhoWasThere
  /** the version that was read, when this replaces one */
  versionId?: string
}>

/** Who was there besides the person and the writer, and who interpreted: in words. */
export type WhoWasThere = Readonly<{ present?: string; interpreter?: string }>

const thereKeys = ['present', 'interpreter'] as const

function thereExtension(there: WhoWasThere = {}): Pick<QuestionnaireResponse, 'extension'> {
  const extension = thereKeys.flatMap((key) => {
    const words = there[key]?.trim()
    return words ? [{ url: gableUrl(`assessment-${key}`), valueString: words }] : []
  })
  return extension.length > 0 ? { extension } : {}
}

export function whoWasThere({ extension = [] }: QuestionnaireResponse): WhoWasThere {
  return Object.fromEntries(
    thereKeys.flatMap((key) => {
      const found = extension.find(({ url }) => url === gableUrl(`assessment-${key}`))?.valueString
      return found ? [[key, found]] : []
    }),
  )
}

/** The FHIR record of the answers. Questions that are not asked are left out, as R4 requires. */
export function toResponse(facts: ResponseFacts): QuestionnaireResponse & { id: string } {
  const { form, answers } = facts
  const enabled = enabledIds(form, answers)
  const item = responseItems(form.items, answers, enabled)
  return {
    resourceType: 'QuestionnaireResponse',
    id: facts.id,
    ...(facts.versionId ? { meta: { versionId: facts.versionId } } : {}),
    questionnaire: form.version ? `${form.url}|${form.version}` : form.url,
    status: facts.status,
    subject: { reference: `Patient/${facts.person}` },
    authored: facts.authored,
    author: facts.author as NonNullable<QuestionnaireResponse['author']>,
    ...thereExtension(facts.there),
    ...(item.length > 0 ? { item } : {}),
  }
}

/** `made` is told of each item with its question. */
export function responseItems(
  questions: readonly FormQuestion[],
  answers: FormAnswers,
  enabled: ReadonlySet<string>,
  made?: (question: FormQuestion, item: QuestionnaireResponseItem) => void,
): QuestionnaireResponseItem[] {
  return questions
    .filter((question) => enabled.has(question.linkId))
    .flatMap((question) => {
      const item = responseItem(question, { answers, enabled, made })
      if (item) made?.(question, item)
      return item ?? []
    })
}

type Making = Readonly<{
  answers: FormAnswers
  enabled: ReadonlySet<string>
  made: Parameters<typeof responseItems>[3]
}>

function responseItem(
  question: FormQuestion,
  { answers, enabled, made }: Making,
): QuestionnaireResponseItem | undefined {
  const { text } = question
  const head = { linkId: writtenIdOf(question), ...(text ? { text } : {}) }
  const item = responseItems(question.items, answers, enabled, made)
  if (question.type === 'group') return item.length > 0 ? { ...head, item } : undefined
  const given = answers[question.linkId] ?? []
  const answer = given.flatMap((_each, place) => fhirAnswer(question, given, place) ?? [])
  const [first, ...rest] = answer
  if (!first) return undefined
  return { ...head, answer: [item.length > 0 ? { ...first, item } : first, ...rest] }
}

/** The `value[x]` for an answer; undefined if it is empty or not (yet) valid for the question. */
function fhirAnswer(
  question: FormQuestion,
  given: readonly Answer[],
  place: number,
): QuestionnaireResponseItemAnswer | undefined {
  const answer = given[place]
  if (answer === undefined || !isGiven(answer)) return undefined
  if (isCoded(answer)) return { valueCoding: { ...answer } }
  if (isQuantity(answer)) return quantityAnswer(answer)
  if (typeof answer === 'boolean') return { valueBoolean: answer }
  if (typeof answer === 'string') return textAnswer(question.type, answer)
  if (question.type !== 'decimal') return { valueInteger: answer }
  return numbersOf({ valueDecimal: [given, String(place)] })
}

function quantityAnswer(answer: FormQuantity): QuestionnaireResponseItemAnswer | undefined {
  const { value: _, unit, ...coded } = answer
  if (typeof answer.value !== 'number') return undefined
  const value = numbersOf({ value: [answer, 'value'] })
  return { valueQuantity: { ...value, ...(unit ? { unit } : {}), ...coded } }
}

function textAnswer(type: QuestionType, text: string): QuestionnaireResponseItemAnswer | undefined {
  switch (type) {
    case 'integer':
    case 'decimal':
    case 'quantity':
      return undefined
    case 'date':
      return { valueDate: text }
    case 'dateTime':
      return isMoment(text) ? { valueDateTime: text } : undefined
    case 'time': {
      const time = timeWritten(text)
      return time ? { valueTime: time } : undefined
    }
    case 'reference':
      return { valueReference: { display: text } }
    case 'url':
      return { valueUri: text }
    default:
      return { valueString: text }
  }
}

/**
 * The answers in a FHIR record, by link id; those of further rounds of a group that repeats by the keys of that round.
 * Kinds of answer that Gable does not ask are skipped.
 */
export function fromResponse(response: QuestionnaireResponse): FormAnswers {
  const found: Record<string, readonly Answer[]> = {}
  note(response.item ?? [], '', found)
  return found
}

function note(
  items: readonly QuestionnaireResponseItem[],
  suffix: string,
  found: Record<string, readonly Answer[]>,
): void {
  const rounds = new Map<string, number>()
  for (const item of items) {
    const key = `${item.linkId}${suffix}`
    const given = givenIn(item)
    if (given.length > 0) found[key] = joined(found[key], given)
    const place = isGroupItem(item) ? (rounds.get(key) ?? 0) : 0
    if (isGroupItem(item)) rounds.set(key, place + 1)
    note(item.item ?? [], keyInRound(suffix, key, place), found)
    note((item.answer ?? []).flatMap(inAnswer), suffix, found)
  }
}

const inAnswer = (answer: QuestionnaireResponseItemAnswer) => answer.item ?? []

const isGroupItem = ({ answer = [], item = [] }: QuestionnaireResponseItem) =>
  answer.length === 0 && item.length > 0

/** The digits of numbers stay. An item that is sent twice has both answers: neither is chosen. */
function joined(before: readonly Answer[] | undefined, given: readonly Answer[]) {
  return before ? [...before, ...given] : given
}

function givenIn(item: QuestionnaireResponseItem): readonly Answer[] {
  const given: Answer[] = []
  for (const each of item.answer ?? []) {
    const answer = answerFromFhir(each)
    if (answer === undefined) continue
    const said = digitsAt(each, 'valueDecimal')
    if (said !== undefined) addDigits(given, { [given.length]: said })
    given.push(answer)
  }
  return given
}

/** The initial answers of a new questionnaire. */
export function initialAnswers(form: Form): FormAnswers {
  const answers: Record<string, readonly Answer[]> = {}
  const add = (items: readonly FormQuestion[]) => {
    for (const item of items) {
      if (item.initial.length > 0) answers[item.linkId] = item.initial
      add(item.items)
    }
  }
  add(form.items)
  return answers
}
