import type {
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
  Reference,
} from '@medplum/fhirtypes'
import { addDigits, digitsAt, numbersOf } from '#domain/decimal/digits.ts'
import { enabledIds } from './enabled.ts'
import { answerFromFhir } from './fhir.ts'
import { type Answer, type Form, type FormAnswers, type FormQuestion, isCoded } from './form.ts'

export type ResponseFacts = Readonly<{
  id: string
  form: Form
  answers: FormAnswers
  status: 'in-progress' | 'completed' | 'amended' | 'stopped'
  person: string
  author: Reference
  /** instant, ISO 8601 */
  authored: string
  /** the version that was read, when this replaces one */
  versionId?: string
}>

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
    ...(item.length > 0 ? { item } : {}),
  }
}

function responseItems(
  questions: readonly FormQuestion[],
  answers: FormAnswers,
  enabled: ReadonlySet<string>,
): QuestionnaireResponseItem[] {
  return questions
    .filter((question) => enabled.has(question.linkId))
    .flatMap((question) => responseItem(question, answers, enabled) ?? [])
}

function responseItem(
  question: FormQuestion,
  answers: FormAnswers,
  enabled: ReadonlySet<string>,
): QuestionnaireResponseItem | undefined {
  const head = { linkId: question.linkId, ...(question.text ? { text: question.text } : {}) }
  const item = responseItems(question.items, answers, enabled)
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
  if (answer === undefined || answer === '') return undefined
  if (isCoded(answer)) return { valueCoding: { ...answer } }
  if (typeof answer === 'boolean') return { valueBoolean: answer }
  if (typeof answer === 'number') {
    if (question.type !== 'decimal') return { valueInteger: answer }
    return numbersOf({ valueDecimal: [given, String(place)] })
  }
  if (question.type === 'integer' || question.type === 'decimal') return undefined
  return question.type === 'date' ? { valueDate: answer } : { valueString: answer }
}

/** The answers in a FHIR record, by link id. Kinds of answer that Gable does not ask are skipped. */
export function fromResponse(response: QuestionnaireResponse): FormAnswers {
  const pairs = allItems(response.item ?? []).map((item) => [item.linkId, givenIn(item)] as const)
  return Object.fromEntries(pairs.filter(([, given]) => given.length > 0))
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

function allItems(items: readonly QuestionnaireResponseItem[]): QuestionnaireResponseItem[] {
  return items.flatMap((item) => [
    item,
    ...allItems(item.item ?? []),
    ...allItems((item.answer ?? []).flatMap((each) => each.item ?? [])),
  ])
}

/** The initial answers of a new questionnaire. */
export function initialAnswers(form: Form): FormAnswers {
  const answers: Record<string, readonly Answer[]> = {}
  const note = (items: readonly FormQuestion[]) => {
    for (const item of items) {
      if (item.initial.length > 0) answers[item.linkId] = item.initial
      note(item.items)
    }
  }
  note(form.items)
  return answers
}
