import type {
  CodeableConcept,
  Coding,
  Extension,
  Observation,
  Quantity,
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
} from '@medplum/fhirtypes'
import { loincSystem } from '#domain/fhir/codes.ts'
import { phq9Answers, phq9Item9, phq9Items } from './instruments.ts'

/** One value of an answer, as any system may write it. */
export type Phq9Value = Readonly<{
  valueCoding?: Coding | undefined
  valueCodeableConcept?: CodeableConcept | undefined
  valueString?: string | undefined
  valueInteger?: number | undefined
  valueDecimal?: number | undefined
  valueBoolean?: boolean | undefined
  valueQuantity?: Quantity | undefined
  extension?: readonly Extension[] | undefined
}>

/** Which PHQ-9 item an item of a response is, by its LOINC code; undefined for all others. */
type ItemOf = (item: QuestionnaireResponseItem) => string | undefined

/**
 * The answers to the nine items of PHQ-9 in a response from any system, by LOINC code. An item is recognised by its
 * link id (`44260-8`, also as `/44260-8` or `phq9.44260-8`), by the definition it points to, by its questionnaire if
 * that is here, and item 9 by its text too.
 */
export function phq9AnswersIn(
  response: QuestionnaireResponse,
  questionnaire?: Questionnaire,
): ReadonlyMap<string, readonly Phq9Value[]> {
  const coded = codedItems(questionnaire?.item ?? [])
  const itemOf: ItemOf = (item) =>
    coded.get(item.linkId) ??
    namedIn(item.linkId) ??
    namedIn(item.definition) ??
    (asksAboutHarm(item.text) ? phq9Item9 : undefined)
  const found = new Map<string, readonly Phq9Value[]>()
  for (const item of itemsIn(response.item ?? [])) {
    const code = itemOf(item)
    const given = item.answer ?? []
    if (code && given.length > 0) found.set(code, [...(found.get(code) ?? []), ...given])
  }
  return found
}

/** Answers to item 9 in their own record, as an Observation or as a part of one. */
export function item9Observed(observation: Observation): readonly Phq9Value[] {
  const isItem9 = ({ code }: Readonly<{ code?: CodeableConcept }>) =>
    code?.coding?.some((each) => each.code === phq9Item9) === true
  return [observation, ...(observation.component ?? [])].filter(
    (each) => isItem9(each) && hasValue(each),
  )
}

const hasValue = (value: object) => Object.keys(value).some((key) => key.startsWith('value'))

function itemsIn(items: readonly QuestionnaireResponseItem[]): QuestionnaireResponseItem[] {
  return items.flatMap((item) => [
    item,
    ...itemsIn(item.item ?? []),
    ...itemsIn((item.answer ?? []).flatMap((each) => each.item ?? [])),
  ])
}

function codedItems(items: readonly QuestionnaireItem[]): ReadonlyMap<string, string> {
  const all = (some: readonly QuestionnaireItem[]): readonly QuestionnaireItem[] =>
    some.flatMap((each) => [each, ...all(each.item ?? [])])
  return new Map(
    all(items).flatMap(({ linkId, code = [] }) => {
      const known = code.find((each) => each.system === loincSystem && isItem(each.code))?.code
      return known ? [[linkId, known] as const] : []
    }),
  )
}

const isItem = (code: string | undefined): boolean =>
  code !== undefined && (phq9Items as readonly string[]).includes(code)

/** The last LOINC code of an item in a link id or an address. */
function namedIn(text: string | undefined): string | undefined {
  return text?.match(/\d+-\d/g)?.findLast(isItem)
}

const asksAboutHarm = (text: string | undefined) =>
  text !== undefined && /better off dead|hurting yourself/i.test(text)

const weights = [
  'http://hl7.org/fhir/StructureDefinition/ordinalValue',
  'http://hl7.org/fhir/StructureDefinition/itemWeight',
]

const words: ReadonlyMap<string, number> = new Map(
  phq9Answers.map(({ display }, points) => [plain(display), points]),
)

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
    .trim()
}

/** The points (0 to 3) of an answer to a PHQ-9 item; undefined if they are not certain. */
export function phq9Points(value: Phq9Value): number | undefined {
  const codings = [
    ...(value.valueCoding ? [value.valueCoding] : []),
    ...(value.valueCodeableConcept?.coding ?? []),
  ]
  const found =
    first(codings, pointsOfCoding) ??
    weightIn(value.extension) ??
    pointsOfText(value.valueString ?? value.valueCodeableConcept?.text) ??
    value.valueInteger ??
    value.valueDecimal ??
    value.valueQuantity?.value
  return found !== undefined && [0, 1, 2, 3].includes(found) ? found : undefined
}

function first<T, R>(all: readonly T[], of: (one: T) => R | undefined): R | undefined {
  for (const one of all) {
    const found = of(one)
    if (found !== undefined) return found
  }
  return undefined
}

/** LOINC codes decide, then text, then a weight, then a bare number as code. */
function pointsOfCoding(coding: Coding): number | undefined {
  const place = phq9Answers.findIndex((each) => each.code === coding.code)
  if (place >= 0) return place
  const said = coding.display === undefined ? undefined : pointsOfText(coding.display)
  return (
    said ??
    weightIn(coding.extension) ??
    (coding.display === undefined ? pointsOfText(coding.code) : undefined)
  )
}

const weightIn = (extensions: readonly Extension[] | undefined): number | undefined =>
  extensions?.find((each) => weights.includes(each.url))?.valueDecimal

function pointsOfText(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  return /^[0-3]$/.test(text.trim()) ? Number(text) : words.get(plain(text))
}

/**
 * The answer to item 9 that needs a conversation about safety, as text; undefined if there is none. Anything but a
 * certain "not at all" is one: an answer whose weight cannot be read is treated as a concern, not as none.
 */
export function concernIn(answers: readonly Phq9Value[]): string | undefined {
  const worrying = answers.find((each) => isSaid(each) && !isNone(each))
  return worrying === undefined ? undefined : textOf(worrying)
}

const isNone = (value: Phq9Value) => value.valueBoolean === false || phq9Points(value) === 0

/** Empty text is no answer. */
const isSaid = (value: Phq9Value) => hasValue(value) && value.valueString?.trim() !== ''

function textOf(value: Phq9Value): string {
  const coding = value.valueCoding ?? value.valueCodeableConcept?.coding?.[0]
  const said =
    coding?.display ?? value.valueCodeableConcept?.text ?? value.valueString ?? coding?.code
  if (said !== undefined) return said
  const points = phq9Points(value)
  const known = points === undefined ? undefined : phq9Answers[points]?.display
  return known ?? (value.valueBoolean ? 'Yes' : String(value.valueInteger ?? ''))
}
